"""What the commands say, in Vietnamese: their help, what they did, the checks of `danvan doctor`."""

from __future__ import annotations

from datetime import datetime

from bot.facts.kinds import HERE

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
HELP_MCP = "Phục vụ chương trình trợ lý khác qua MCP (stdin, stdout); qua HTTP thì dùng /mcp của danvan serve."
HELP_TELEGRAM = "Chạy bot Telegram (long polling); cần DANVAN_TELEGRAM_TOKEN."
HELP_DOCTOR = "Kiểm tra cài đặt và nêu cách xử lý."
HELP_RECORDS = "Dữ liệu lưu trữ, dành cho quản trị viên: câu chưa có trả lời, góp ý, xóa dữ liệu quá hạn."
HELP_UNANSWERED = "Liệt kê các câu hỏi mà văn bản đang lưu không nêu, câu hỏi nhiều nhất đứng trước."
HELP_FEEDBACK = "Liệt kê góp ý về câu trả lời, góp ý mới nhất đứng trước."
HELP_PURGE = "Xóa dữ liệu quá thời hạn lưu (DANVAN_RETENTION_DAYS); dịch vụ đang chạy tự làm việc này mỗi ngày."
HELP_PLACE = "Cho biết dữ liệu được lưu ở đâu, trong bao lâu."
HELP_LIST_FORMAT = "Dạng in."
HELP_LIMIT = "Nhiều nhất bao nhiêu dòng."
HELP_VERDICT = "Chỉ góp ý loại này: right (đúng), wrong (chưa đúng)."
HELP_BACKUP = "Sao lưu dữ liệu lưu trữ vào một tệp, kể cả khi dịch vụ đang chạy."
HELP_BACKUP_FILE = "Tệp sao lưu; chưa có sẵn."
HELP_WITH_KEY = "Kèm khóa băm của người hỏi; mặc định không kèm, khóa cần cất riêng."
HELP_RESTORE = "Khôi phục dữ liệu lưu trữ từ tệp sao lưu; dừng dịch vụ trước khi chạy."
HELP_RESTORE_FILE = "Tệp do danvan backup lập, từ SQLite hoặc PostgreSQL."
HELP_RESTORE_FORCE = "Thay toàn bộ dữ liệu đang có."
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
HELP_WORKERS = "Số tiến trình trả lời (mặc định 1)."
BUILDING = "Đang lập chỉ mục"
UP_TO_DATE = "Chỉ mục đã mới nhất."
WORKERS_FAILED = (
    "Không tiến trình nào của dịch vụ khởi động được; nguyên nhân ghi ở các dòng trên. Kiểm tra: danvan doctor"
)
CHECK_PYTHON = "Python"
CHECK_SETTINGS = "Thiết lập"
CHECK_CORPUS = "Kho văn bản"
CHECK_DATA = "Thư mục dữ liệu"
CHECK_MODEL = "Mô hình véc-tơ"
CHECK_CHROMA = "Máy chủ Chroma"
CHECK_INDEX = "Chỉ mục"
CHECK_RECORDS = "Dữ liệu lưu trữ"
CHECK_SECRET = "Khóa băm"
SECRET_IS_LOCAL = (
    "dùng PostgreSQL nhưng chưa đặt DANVAN_SECRET, nên khóa nằm trong thư mục dữ liệu của máy này; "
    "máy khác sẽ không nhận ra cùng một người. Đặt DANVAN_SECRET giống nhau trên mọi máy."
)


def answered(count: int, path: str) -> str:
    """A batch has been answered."""
    return f"Đã trả lời {count} dòng vào {path}."


def corpus_read(count: int, folder: str) -> str:
    """The corpus has been read."""
    return f"đọc được {count} văn bản trong {folder}"


def model_works(name: str, dimensions: int) -> str:
    """The embedding model answers."""
    return f"{name}, {dimensions} chiều"


def chroma_answers(server: str) -> str:
    """The Chroma server answers."""
    return f"{server} trả lời"


def records_work(place: str, version: str, days: int) -> str:
    """The records can be read and written."""
    return f"đọc và ghi được {place} (phiên bản dữ liệu {version}), {kept_for(days)}"


def kept_for(days: int) -> str:
    """The retention period."""
    return f"lưu {days} ngày" if days else "lưu không thời hạn"


def purged(turns: int, feedback: int, audit: int) -> str:
    """What was older than the retention period has been deleted."""
    return f"Đã xóa {turns} lượt hỏi đáp, {feedback} góp ý, {audit} dòng nhật ký quá thời hạn lưu."


NO_RECORDS = "Chưa có dòng nào."
VERDICTS = {"right": "Đúng", "wrong": "Chưa đúng"}
# Columns of the lists that an administrator reads.
COLUMNS = {
    "count": "Số lần",
    "question": "Câu hỏi",
    "province": "Địa phương",
    "first_asked": "Hỏi lần đầu",
    "last_asked": "Hỏi lần cuối",
    "given_at": "Lúc góp ý",
    "verdict": "Góp ý",
    "reason": "Lý do",
    "answer": "Câu trả lời",
}


def port_busy(host: str, port: int) -> str:
    """Another program listens there."""
    return f"Cổng {port} tại {host} đang được chương trình khác dùng. Chọn cổng khác: danvan serve --port …"


def address_unusable(host: str, port: int, problem: str) -> str:
    """The address cannot be listened on."""
    return f"Không mở được cổng {port} tại {host}: {problem}"


def built(documents: int, passages: int) -> str:
    """An index has been built."""
    return f"Đã lập chỉ mục {documents} văn bản, {passages} đoạn."


def serving(host: str, port: int) -> str:
    """The service is up; what to try."""
    shown = f"[{host}]" if ":" in host else host
    return (
        f"Đang phục vụ tại http://{shown}:{port} (dừng: Ctrl+C). Mở địa chỉ này bằng trình duyệt, hoặc hỏi thử:\n\n"
        f"  curl -s http://{shown}:{port}/v1/ask -H 'content-type: application/json' \\\n"
        """    -d '{"question":"Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"}'\n\n"""
        '  .venv/bin/danvan ask "Hạn gửi báo cáo đánh giá công tác dân vận hằng năm ở Hải Dương là ngày nào?"\n'
    )


def backed_up(path: str, rows: int, with_key: bool) -> str:
    """A backup has been made."""
    said = f"Đã sao lưu {rows} dòng dữ liệu vào {path} (chỉ chủ tệp đọc được)."
    if with_key:
        return f"{said}\nTệp có kèm khóa băm: ai có tệp này có thể dò ra người hỏi. Cất giữ như mật khẩu."
    return (
        f"{said}\nTệp không kèm khóa băm: cất riêng secret.key (hoặc giá trị DANVAN_SECRET), "
        "thiếu khóa thì không khôi phục được."
    )


def restored(path: str, rows: int, made: datetime) -> str:
    """A backup has been restored."""
    when = made.astimezone(HERE)
    return (
        f"Đã khôi phục {rows} dòng dữ liệu từ {path}, lập lúc {when:%H:%M} ngày {when:%d/%m/%Y}.\n"
        "Việc làm sau thời điểm đó không còn, kể cả việc thu hồi quyền của người dùng và khóa: đề nghị kiểm tra lại."
    )
