"""Problems as HTTP tells them: what they are called and what to do, in Vietnamese; a part of `bot.messages`."""

from __future__ import annotations

from bot.storage.errors import RecordsFullError, RecordsReadOnlyError, RecordsUnavailableError

PROBLEMS = {
    "malformed_request": "Yêu cầu không đọc được",
    "invalid_request": "Yêu cầu không đúng mẫu",
    "body_too_large": "Yêu cầu quá lớn",
    "head_too_large": "Phần đầu yêu cầu quá lớn",
    "request_timeout": "Yêu cầu gửi quá chậm",
    "busy": "Dịch vụ đang bận",
    "unauthorized": "Chưa đăng nhập",
    "forbidden": "Không có quyền",
    "too_many_requests": "Quá nhiều yêu cầu",
    "unknown_host": "Tên máy không được nhận",
    "build_running": "Đang lập chỉ mục",
    "not_found": "Không có địa chỉ này",
    "unknown_document": "Không có văn bản này",
    "unknown_provision": "Không có mục này trong văn bản",
    "unknown_turn": "Không có câu trả lời này",
    "unknown_conversation": "Không có cuộc hỏi đáp này",
    "unknown_model": "Không có mô hình này",
    "method_not_allowed": "Địa chỉ này không nhận phương thức đó",
    "cross_site": "Yêu cầu gửi từ trang khác",
    "records_unavailable": "Chưa lưu hoặc chưa đọc được dữ liệu",
    "unavailable": "Dịch vụ tạm thời chưa trả lời được",
    "internal_error": "Lỗi của chương trình",
}
# What to do where the problem itself says no more.
PROBLEM_DETAILS = {
    "malformed_request": "Nội dung yêu cầu không phải JSON mã UTF-8.",
    "invalid_request": "Yêu cầu không đọc được. Đề nghị kiểm tra mẫu yêu cầu tại /openapi.json.",
    "not_found": "Địa chỉ này không có. Các địa chỉ có tại /openapi.json.",
    "method_not_allowed": "Phương thức này không dùng được ở đây. Xem /openapi.json.",
    "cross_site": "Yêu cầu này gửi từ một trang khác nên không được nhận. Đề nghị gửi từ trang hỏi đáp.",
    "body_too_large": "Nội dung yêu cầu quá lớn. Câu hỏi dài nhất 4.000 ký tự.",
    "head_too_large": "Địa chỉ hoặc phần đầu của yêu cầu quá dài. Đề nghị rút gọn rồi gửi lại.",
    "request_timeout": "Yêu cầu không được gửi hết trong thời gian chờ. Đề nghị kiểm tra đường truyền rồi gửi lại.",
    "busy": "Đang có nhiều yêu cầu cùng lúc. Đề nghị gửi lại sau vài giây.",
    "unavailable": "Dịch vụ tạm thời chưa trả lời được. Đề nghị thử lại sau ít phút.",
    "internal_error": "Chương trình gặp lỗi khi xử lý yêu cầu này. Đề nghị thử lại; "
    "nếu còn lỗi, báo quản trị viên kèm mã yêu cầu.",
}
# Told to whoever watches the service, who need not know where anything is; the log does.
NOT_READY = {
    "index": "Chưa mở được chỉ mục. Đề nghị quản trị viên xem nhật ký, hoặc chạy: danvan doctor",
    "model": "Mô hình véc-tơ chưa trả lời. Đề nghị quản trị viên xem nhật ký, hoặc chạy: danvan doctor",
    "vectors": "Chưa đọc được véc-tơ của chỉ mục. Đề nghị quản trị viên xem nhật ký, hoặc chạy: danvan doctor",
    "records": "Chưa ghi được dữ liệu. Đề nghị quản trị viên xem nhật ký, hoặc chạy: danvan doctor",
}


def request_invalid(field: str, problem: str) -> str:
    """A request does not have the form that the service reads."""
    return f"Trường {field}: {problem}" if field else f"Nội dung yêu cầu: {problem}"


def body_too_large(most: int) -> str:
    """A request's body is over the limit."""
    return f"Nội dung yêu cầu vượt quá {most // 1024} KB."


def not_kept(error: RecordsUnavailableError) -> str:
    """The answer stands, but the conversation could not be read or kept; the operator's log says where."""
    reason = {RecordsFullError: "hết chỗ trống", RecordsReadOnlyError: "không ghi được dữ liệu"}.get(
        type(error), "dữ liệu lưu trữ chưa dùng được"
    )
    return f"Chưa lưu được câu hỏi này vào lịch sử ({reason}); đề nghị báo quản trị viên."


def unknown_conversation(conversation_id: str) -> str:
    """This person has no such conversation."""
    return f"Không có cuộc hỏi đáp “{conversation_id}” của đồng chí; có thể đã bị xóa."


def unknown_model(asked: str, known: str) -> str:
    """A chat program asks for a model that is not here."""
    return f"Không có mô hình “{asked}”. Dùng mô hình “{known}”."
