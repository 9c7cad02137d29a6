"""Every error of the program in a sentence that says what to do, in Vietnamese; a part of `bot.messages`."""

from __future__ import annotations

from bot.documents import UnknownProvisionError, UnknownSpanError
from bot.facts.kinds import FormatError
from bot.settings import SettingsError
from bot.storage.backup.errors import BackupError
from bot.storage.errors import (
    DatabaseUrlError,
    RecordsBusyError,
    RecordsDamagedError,
    RecordsFullError,
    RecordsNewerError,
    RecordsReadOnlyError,
    RecordsUnavailableError,
    RecordsUnreachableError,
    SecretKeyError,
    UnknownTurnError,
)
from index import errors


def describe(error: errors.DanvanError) -> str:
    """An error in a sentence that says what to do."""
    match error:
        case errors.TableError(file=file, table=table, key=key, problem=problem):
            where = " ".join(
                part for part in (f"bảng [{table}]" if table else "", f"khóa {key}" if key else "") if part
            )
            return f"Tệp {file} sai{f' ở {where}' if where else ''}: {problem}"
        case errors.CorpusError(path=path, problem=problem):
            return f"Không đọc được văn bản {path}: {problem}"
        case errors.EmbeddingsError(spec=spec, problem=problem, remedy=remedy):
            return f"Mô hình véc-tơ “{spec}” không dùng được: {problem}. Cách xử lý: {remedy}"
        case errors.IndexMissingError(data=data):
            return f"Thư mục {data} chưa có chỉ mục. Chạy: danvan index"
        case errors.IndexMismatchError(data=data, what=what, found=found, expected=expected):
            return f"Chỉ mục trong {data} lập với {what} {found}, nay cần {expected}. Chạy lại: danvan index"
        case errors.IndexDamagedError(path=path, problem=problem):
            return f"Chỉ mục hỏng ({path}: {problem}). Chạy lại: danvan index --force"
        case errors.BuildLockedError(data=data):
            return f"Một tiến trình khác đang lập chỉ mục trong {data}. Chờ tiến trình đó xong rồi chạy lại."
        case errors.DataFolderError(data=data, problem=problem):
            return f"Không ghi được vào thư mục dữ liệu {data}: {problem}. Đặt DANVAN_DATA tới thư mục ghi được."
        case errors.UnusableFileError(path=path, line=line, problem=problem):
            return f"Tệp {path}{f', dòng {line}' if line else ''}: {problem}"
        case SettingsError(variable=variable, problem=problem):
            return f"Biến {variable} có giá trị không dùng được: {problem}"
    return _about_vectors(error) or _about_request(error) or _about_records(error)


def _about_vectors(error: errors.DanvanError) -> str | None:
    """What is wrong with the Chroma server that keeps the vectors."""
    match error:
        case errors.VectorServerRefusedError(server=server, problem=problem):
            return f"Máy chủ Chroma {server} từ chối truy cập ({problem}). Kiểm tra DANVAN_CHROMA_TOKEN."
        case errors.VectorsLostError(server=server, problem=problem):
            return f"Máy chủ Chroma {server} không còn đủ véc-tơ của chỉ mục ({problem}). Lập lại: danvan index"
        case errors.VectorServerError(server=server, problem=problem):
            return (
                f"Máy chủ Chroma {server} không trả lời: {problem}. "
                "Kiểm tra máy chủ có đang chạy không, và DANVAN_CHROMA_URL."
            )
    return None


def _about_request(error: errors.DanvanError) -> str | None:
    """What was asked for is not there."""
    match error:
        case errors.UnknownDocumentError(document_id=identity, known=known):
            return f"Không có văn bản “{identity}”. Các mã văn bản đang lưu: {', '.join(known)}"
        case UnknownProvisionError(provision_id=identity):
            return f"Văn bản không có mục “{identity}”; xem mã các mục ở phần mục lục của văn bản."
        case UnknownSpanError(start=start, end=end, length=length):
            return (
                f"Văn bản không có đoạn từ ký tự {start} đến ký tự {end}; văn bản dài {length} ký tự, "
                "đoạn trích bắt đầu trong một mục của văn bản."
            )
        case FormatError(kind=kind, form=form):
            return f"Không ghi được {kind} dạng {form}; chỉ duties có dạng ics."
    return None


_BACKUP = {
    "exists": "Tệp {path} đã có. Chọn tên khác, hoặc chuyển tệp cũ đi nơi khác.",
    "unwritable": "Không ghi được tệp {path}{detail}. Kiểm tra thư mục, quyền ghi và chỗ trống.",
    "unreadable": "Không đọc được tệp {path}{detail}.",
    "not_a_backup": "Tệp {path} không phải bản sao lưu của chương trình này{detail}.",
    "damaged": "Bản sao lưu {path} hỏng{detail}; dữ liệu hiện có được giữ nguyên. Dùng bản sao lưu khác.",
    "newer": "Bản sao lưu {path} do phiên bản mới hơn của chương trình lập{detail}. "
    "Cài phiên bản mới hơn rồi khôi phục.",
    "no_records": "Chưa có dữ liệu để sao lưu tại {path}.",
    "foreign": "Cơ sở dữ liệu {path} có bảng mà chương trình không biết{detail}. Dùng một cơ sở dữ liệu riêng.",
    "not_empty": "Tại {path} đang có dữ liệu. Muốn thay toàn bộ bằng bản sao lưu thì thêm --force.",
    "no_key": "Bản sao lưu {path} không kèm khóa băm. Chép secret.key của máy cũ vào thư mục dữ liệu, "
    "hoặc đặt DANVAN_SECRET như cũ, rồi khôi phục; thiếu khóa thì không ai tìm lại được dữ liệu của mình.",
    "other_key": "Khóa băm đang dùng không phải khóa của bản sao lưu {path}. "
    "Đặt lại secret.key hoặc DANVAN_SECRET của máy cũ; bản sao lưu có kèm khóa và không đặt DANVAN_SECRET "
    "thì dùng --force để thay khóa.",
    "inconsistent": "Bản sao lưu {path} có nội dung không khớp nhau{detail}; dữ liệu hiện có được giữ nguyên.",
}


def _about_records(error: errors.DanvanError) -> str:
    """Why records cannot be kept or read, and what to do."""
    if isinstance(error, UnknownTurnError):
        return "Không có câu trả lời này trong các cuộc hỏi đáp của đồng chí; có thể đã bị xóa."
    if isinstance(error, BackupError):
        detail = f" ({error.detail})" if error.detail else ""
        return _BACKUP[error.reason].format(path=error.path, detail=detail)
    if not isinstance(error, RecordsUnavailableError):
        return str(error)
    place, problem = error.place, error.problem
    match error:
        case RecordsReadOnlyError():
            return (
                f"Không ghi được vào {place}: {problem}. Cấp quyền ghi cho tài khoản chạy dịch vụ, "
                "hoặc đặt DANVAN_DATA tới thư mục ghi được."
            )
        case RecordsFullError():
            return f"Hết chỗ trống, không lưu được vào {place}: {problem}. Giải phóng ổ đĩa rồi thử lại."
        case RecordsDamagedError():
            return (
                f"Dữ liệu lưu trữ hỏng ({place}: {problem}). Dừng dịch vụ, khôi phục từ bản sao lưu; "
                "không có bản sao lưu thì chuyển tệp hỏng đi nơi khác, chương trình tạo tệp mới."
            )
        case RecordsUnreachableError():
            return (
                f"Không kết nối được cơ sở dữ liệu {place}: {problem}. "
                "Kiểm tra máy chủ PostgreSQL và DANVAN_DATABASE_URL."
            )
        case RecordsBusyError():
            return f"Cơ sở dữ liệu {place} đang bận: {problem}. Thử lại sau ít phút."
        case RecordsNewerError():
            return (
                f"Dữ liệu trong {place} do phiên bản mới hơn của chương trình ghi ({problem}). Cài phiên bản mới hơn."
            )
        case DatabaseUrlError():
            return (
                f"DANVAN_DATABASE_URL không dùng được: {problem}. "
                "Mẫu: postgresql://người_dùng:mật_khẩu@máy_chủ:5432/cơ_sở_dữ_liệu; bỏ trống để dùng tệp SQLite."
            )
        case SecretKeyError():
            return (
                f"Tệp khóa {place} không dùng được: {problem}. Khôi phục tệp này từ bản sao lưu hoặc đặt DANVAN_SECRET."
            )
    return f"Chưa lưu hoặc đọc được dữ liệu ở {place}: {problem}. Kiểm tra ổ đĩa và quyền truy cập rồi thử lại."
