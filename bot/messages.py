"""Every sentence that the program says by itself, in Vietnamese. Quotations and citation lines are the directives'."""

from __future__ import annotations

from datetime import date

from bot.facts.kinds import FormatError
from bot.settings import SettingsError
from index import errors

LONGEST_QUESTION = 4000

NOT_STATED = "Văn bản đang lưu không nêu nội dung này."
NEAREST = "Đoạn gần nhất trong văn bản đang lưu:"
QUESTION_EMPTY = "Chưa có nội dung câu hỏi. Đề nghị nhập câu hỏi."
CATALOGUE = "danh mục văn bản"
BUILDING = "Đang lập chỉ mục"
NO_PASSAGE = "Không tìm thấy đoạn nào."
UP_TO_DATE = "Chỉ mục đã mới nhất."


HELP = "Hỏi đáp văn bản về công tác dân vận: trả lời ngắn, trích nguyên văn, ghi rõ nơi trích."
HELP_ASK = "Trả lời một câu hỏi."
HELP_SEARCH = "Tìm các đoạn gần nhất với câu hỏi."
HELP_BATCH = "Trả lời một tệp câu hỏi (JSON Lines)."
HELP_DOCUMENTS = "Liệt kê các văn bản đang lưu."
HELP_SHOW = "Xem đề cương, lời văn hoặc các chỗ đã chỉnh của một văn bản."
HELP_FACTS = (
    "Liệt kê dữ kiện đọc từ văn bản: thông tin văn bản, viện dẫn, định nghĩa, đề cương, việc phải làm, chỗ không khớp."
)
HELP_KIND = "Loại dữ kiện."
HELP_FORMAT = "Dạng in; ics chỉ dùng cho duties."
HELP_FACTS_OUTPUT = "Ghi vào tệp này thay vì in ra màn hình."
HELP_SPANS = "Với metadata: mỗi trường một dòng, kèm căn cứ (lời văn hoặc danh mục)."
HELP_INDEX = "Lập chỉ mục khi văn bản, mô hình hoặc chương trình thay đổi."
HELP_SERVE = "Mở dịch vụ HTTP."
HELP_DOCTOR = "Kiểm tra cài đặt và nêu cách xử lý."
HELP_QUESTION = "Câu hỏi, gõ có dấu hoặc không dấu."
HELP_JSON = "In dạng JSON."
HELP_K = "Số đoạn."
HELP_DOCUMENT = "Mã văn bản (xem: danvan documents)."
HELP_PROVINCE = "Chỉ tìm trong văn bản của tỉnh, thành phố này."
HELP_TYPE = "Chỉ tìm trong loại văn bản này, ví dụ Chỉ thị."
HELP_YEAR = "Chỉ tìm trong văn bản ban hành năm này; văn bản thiếu ngày vẫn được giữ."
HELP_INPUT = 'Tệp câu hỏi, mỗi dòng {"id": …, "question": …} hoặc {"id": …, "turns": […]}.'
HELP_OUTPUT = "Tệp trả lời, mỗi dòng ứng với một dòng câu hỏi."
HELP_TEXT = "In đúng lời văn đã chuẩn hóa, không thêm gì."
HELP_EDITS = "Liệt kê từng chỗ đã chỉnh so với tệp gốc và lý do."
HELP_FORCE = "Lập lại cả khi không có gì thay đổi."
HELP_HOST = "Địa chỉ mạng (mặc định 127.0.0.1)."
HELP_PORT = "Cổng (mặc định 8000)."

PROBLEMS = {
    "invalid_request": "Yêu cầu không đúng mẫu",
    "body_too_large": "Yêu cầu quá lớn",
    "not_found": "Không có địa chỉ này",
    "method_not_allowed": "Địa chỉ này không nhận phương thức đó",
    "unavailable": "Dịch vụ tạm thời chưa trả lời được",
}
CALENDAR = "Hạn công tác dân vận"
NOTE = "Lưu ý"
CHECK_PYTHON = "Python"
CHECK_SETTINGS = "Thiết lập"
CHECK_CORPUS = "Kho văn bản"
CHECK_DATA = "Thư mục dữ liệu"
CHECK_MODEL = "Mô hình véc-tơ"
CHECK_INDEX = "Chỉ mục"
UNDATED_MARK = "văn bản thiếu ngày ban hành"


def answered(count: int, path: str) -> str:
    """A batch has been answered."""
    return f"Đã trả lời {count} dòng vào {path}."


def corpus_read(count: int, folder: str) -> str:
    """The corpus has been read."""
    return f"đọc được {count} văn bản trong {folder}"


def model_works(name: str, dimensions: int) -> str:
    """The embedding model answers."""
    return f"{name}, {dimensions} chiều"


def request_invalid(field: str, problem: str) -> str:
    """A request does not have the form that the service reads."""
    return f"Trường {field}: {problem}" if field else f"Nội dung yêu cầu: {problem}"


def body_too_large(most: int) -> str:
    """A request's body is over the limit."""
    return f"Nội dung yêu cầu vượt quá {most // 1024} KB."


def port_busy(host: str, port: int) -> str:
    """Another program listens there."""
    return f"Cổng {port} tại {host} đang được chương trình khác dùng. Chọn cổng khác: danvan serve --port …"


def address_unusable(host: str, port: int, problem: str) -> str:
    """The address cannot be listened on."""
    return f"Không mở được cổng {port} tại {host}: {problem}"


def duty_event(task: str, is_over: bool) -> str:
    """The title of a duty in a calendar."""
    return f"[Đã kết thúc] {task}" if is_over else task


def duty_ended(why: str, source: str) -> str:
    """A duty whose issuer, body or period has ended; a note from outside the text."""
    return f"Ghi chú ngoài văn bản: {why} (nguồn: {source})."


def duty_past(day: date) -> str:
    """A duty whose day has gone by."""
    return f"Thời hạn đã qua ({day.day:02d}/{day.month}/{day.year})."


def question_too_long(length: int = LONGEST_QUESTION) -> str:
    """The question is over the limit."""
    return f"Câu hỏi dài quá {length:,} ký tự. Đề nghị rút gọn câu hỏi.".replace(",", ".", 1)


def built(documents: int, passages: int) -> str:
    """An index has been built."""
    return f"Đã lập chỉ mục {documents} văn bản, {passages} đoạn."


def serving(host: str, port: int) -> str:
    """The service is up; what to try."""
    shown = f"[{host}]" if ":" in host else host
    return (
        f"Đang phục vụ tại http://{shown}:{port} (dừng: Ctrl+C). Hỏi thử:\n\n"
        f"  curl -s http://{shown}:{port}/v1/ask -H 'content-type: application/json' \\\n"
        """    -d '{"question":"Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"}'\n\n"""
        '  .venv/bin/danvan ask "Hạn gửi báo cáo đánh giá công tác dân vận hằng năm ở Hải Dương là ngày nào?"\n'
    )


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
        case errors.UnknownDocumentError(document_id=identity, known=known):
            return f"Không có văn bản “{identity}”. Các mã văn bản đang lưu: {', '.join(known)}"
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
        case FormatError(kind=kind, form=form):
            return f"Không ghi được {kind} dạng {form}; chỉ duties có dạng ics."
        case SettingsError(variable=variable, problem=problem):
            return f"Biến {variable} có giá trị không dùng được: {problem}"
    return str(error)
