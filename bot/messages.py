"""Every sentence that the program says by itself, in Vietnamese. Quotations and citation lines are the directives'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from bot.documents import UnknownProvisionError, UnknownSpanError
from bot.facts.kinds import HERE, FormatError
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
from index.context import Body, Ended, Place, Replaced, SourceError
from index.data import strings
from index.directive import Directive
from index.facts.records import Reference
from index.structure.address import office_date

LONGEST_QUESTION = 4000

NOT_STATED = "Văn bản đang lưu không nêu nội dung này."
NEAREST = "Đoạn gần nhất trong văn bản đang lưu:"
QUESTION_EMPTY = "Chưa có nội dung câu hỏi. Đề nghị nhập câu hỏi."
CATALOGUE = "danh mục văn bản"
READING = "Đang đọc các văn bản"
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

MCP_INSTRUCTIONS = (
    "Trả lời câu hỏi về các văn bản công tác dân vận đang lưu, kèm trích dẫn nguyên văn và địa chỉ. "
    "Dùng đúng lời trong trường quote khi trích; khi status là not_found thì văn bản đang lưu không nêu, "
    "không được suy đoán thay."
)
MCP_ASK = "Trả lời một câu hỏi về các văn bản đang lưu: câu trả lời ngắn, trích nguyên văn, nơi trích."
MCP_SEARCH = "Tìm các đoạn nguyên văn gần nhất với một nội dung; không trả lời thay."
MCP_LIST_DOCUMENTS = "Liệt kê các văn bản đang lưu với mã, số, ngày, cơ quan ban hành."
MCP_GET_PROVISION = "Lấy nguyên văn một mục của văn bản và dòng trích dẫn của mục đó."
MCP_LIST_DUTIES = "Liệt kê việc phải làm theo văn bản, theo cấp, theo cơ quan; có thời hạn, chỉ tiêu nếu văn bản nêu."
MCP_CITE = "Lập trích dẫn cho một đoạn của văn bản theo vị trí ký tự: nguyên văn, địa chỉ, dòng trích dẫn."
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
    "records": "Chưa ghi được dữ liệu. Đề nghị quản trị viên xem nhật ký, hoặc chạy: danvan doctor",
}
WORKERS_FAILED = (
    "Không tiến trình nào của dịch vụ khởi động được; nguyên nhân ghi ở các dòng trên. Kiểm tra: danvan doctor"
)
CALENDAR = "Hạn công tác dân vận"
NOTE = "Lưu ý"
CHECK_PYTHON = "Python"
CHECK_SETTINGS = "Thiết lập"
CHECK_CORPUS = "Kho văn bản"
CHECK_DATA = "Thư mục dữ liệu"
CHECK_MODEL = "Mô hình véc-tơ"
CHECK_INDEX = "Chỉ mục"
CHECK_RECORDS = "Dữ liệu lưu trữ"
CHECK_SECRET = "Khóa băm"
SECRET_IS_LOCAL = (
    "dùng PostgreSQL nhưng chưa đặt DANVAN_SECRET, nên khóa nằm trong thư mục dữ liệu của máy này; "
    "máy khác sẽ không nhận ra cùng một người. Đặt DANVAN_SECRET giống nhau trên mọi máy."
)
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


# What a text may leave unsaid of itself, by the intent that asks for it.
_FIELDS = {
    "signer": "người ký",
    "author": "tác giả",
    "stamp": "dấu công văn đến",
    "recipients": "nơi nhận",
    "number": "số, ký hiệu",
    "issued_on": "ngày ban hành",
    "effect": "thời điểm có hiệu lực",
    "title": "trích yếu",
}


def not_stated_field(intent: str, directive: Directive) -> str:
    """The stored text does not state this of itself."""
    kind = directive.metadata.type or "văn bản"
    return f"Văn bản đang lưu không nêu {_FIELDS[intent]} của {kind} này ({directive.metadata.issuer})."


def signer(name: str, roles: list[str]) -> str:
    """Who signed, and as what: "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ" are spoken out, the own office first."""
    spoken = []
    for role in reversed(roles):
        authority = re.match(r"(T/?M|K/?T|T/?L)\b[./]?\s*", role)
        said = {"T": "thay mặt", "K": "ký thay"}[role[0]] if authority and role[:2] not in ("TL", "T/L") else ""
        if authority and role.replace("/", "").startswith("TL"):
            said = "thừa lệnh"
        title = usual_writing(role[authority.end() :] if authority else role)
        spoken.append(f"{said} {title}".strip())
    return f"Người ký: đồng chí {', '.join([name, *spoken])}."


def usual_writing(capitals: str) -> str:
    """A role or body in capitals as it is usually written: "PHÓ BÍ THƯ" is "Phó Bí thư"."""
    text = capitals.lower()
    for name in sorted(strings("signing.toml", "usual"), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name.lower())}(?!\w)", name, text)
    return text[:1].upper() + text[1:]


def cited_document(reference: Reference, mark: int) -> str:
    """What a directive says of a document that it cites; a date that it does not say is said to be missing."""
    said = f"{reference.type} số {reference.number}"
    said += f", ngày {office_date(reference.date)}" if reference.date else ""
    said += f", của {reference.issuer}" if reference.issuer else ""
    said += f": “{reference.title.strip('“”')}”" if reference.title else ""
    return f"{said} [{mark}]" + ("" if reference.date else " (đoạn viện dẫn không ghi ngày)")


VALIDITY_NOTED = "Văn bản đang lưu không nêu việc này; xem ghi chú ngoài văn bản."
VALIDITY_UNKNOWN = "Văn bản đang lưu không nêu việc này; hiệu lực hiện nay chưa xác minh."
OUTSIDE = "Ghi chú ngoài văn bản"


def replaced(fact: Replaced) -> str:
    """A cited document that another one replaces, or may replace."""
    if fact.status == "unverified":
        return f"{OUTSIDE}: {fact.type} số {fact.number} có thể liên quan đến {fact.by}; việc thay thế chưa xác minh."
    return f"{OUTSIDE}: {fact.type} số {fact.number} đã được thay bằng {fact.by}."


def source_error(fact: SourceError) -> str:
    """What a directive states wrongly."""
    return f"{OUTSIDE}: {fact.about} trong văn bản ghi “{fact.written}”, đúng là {fact.right}."


def body(fact: Body) -> str:
    """A body that has another name now, or has ended."""
    when = _since(fact.since, fact.precise_to)
    if fact.today:
        return f"{OUTSIDE}: {fact.old[0]} nay là {fact.today} ({when})."
    return f"{OUTSIDE}: {fact.old[0]} đã kết thúc hoạt động ({when})."


def place(fact: Place) -> str:
    """A place that is something else now, or unchanged."""
    note = f" {fact.note}" if fact.note else ""
    if fact.kind == "unchanged":
        return f"{OUTSIDE}: {fact.old} không thay đổi tên gọi cấp tỉnh.{note}"
    today = " và ".join(fact.today)
    said = f"{fact.old} đã sáp nhập, nay thuộc {today}" if fact.today else f"{fact.old} đã kết thúc"
    return f"{OUTSIDE}: {said} ({_since(fact.since, fact.precise_to)}).{note}"


def ended(fact: Ended) -> str:
    """A directive whose issuer or period has ended."""
    return f"{OUTSIDE}: {fact.why} ({_since(fact.since, fact.precise_to)})."


def _since(day: date, precise_to: str) -> str:
    """A day as exactly as it is known."""
    exact = {"day": f"ngày {office_date(day.isoformat())}", "month": f"tháng {day.month}/{day.year}"}
    return f"từ {exact.get(precise_to, f'năm {day.year}')}"


def counted(number: int, what: str) -> str:
    """A count of units."""
    return f"{number} {re.sub(r' *[(][^)]*[)]', '', what)}."


def not_countable(what: str) -> str:
    """A text that does not divide what is asked."""
    return f"Văn bản đang lưu không chia {what} thành các mục riêng nên không có số đếm."


# Names of units by their folded form.
_UNITS = {"dieu": "Điều", "muc": "mục", "diem": "điểm", "phan": "phần", "khoan": "khoản", "chuong": "chương"}


def no_such_place(unit: str, number: str) -> str:
    """A unit that the directive does not have; both as folded."""
    return f"Văn bản đang lưu không có {_UNITS.get(unit, 'mục')} {number.upper()}."


def phrase_in(kind: str, province: str, quote: str, mark: int) -> str:
    """A directive that holds the words asked for."""
    return f"{kind} ({province}): “{quote.strip('“” ')}” [{mark}]"


SMALL_TALK = (
    "Xin chào đồng chí. Có thể hỏi về các văn bản công tác dân vận đang lưu, ví dụ: "
    "“Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?”"
)


NO_BASIS = "Văn bản đang lưu không nêu căn cứ ban hành thành phần riêng (không có dòng “Căn cứ …”)."


def nothing_of_province(province: str) -> str:
    """No directive of the province asked about is stored."""
    return f"Văn bản đang lưu không nêu nội dung này: chưa có văn bản nào của {province}."


def of_province(province: str, said: str) -> str:
    """What the directives of one province say, where several are asked about; a list begins on its own line."""
    return f"{province}:\n{said}" if "\n" in said else f"{province}: {said}"


# A list is at most this long where its items allow, and no item is cut below a line. Characters.
_LIST_LENGTH = 880
_LINE_LENGTH = 120
# Who asks for a summary wants to read a page, not a line.
SUMMARY_LENGTH = 1500


def listed(items: Sequence[str], first_mark: int = 1, length: int = _LIST_LENGTH) -> list[str]:
    """A line for each item with its mark; long ones by their beginning, their quotations hold them whole.

    `length`: characters that the list may have where its items allow.
    """
    spare = sum(len(item) for item in items) - length
    longest = max((len(item) for item in items), default=0)
    while spare > 0 and longest > _LINE_LENGTH:
        longest = max(_LINE_LENGTH, longest - 20)
        spare = sum(min(len(item), longest) for item in items) - length
    lines = (_beginning(" ".join(item.split()), longest) for item in items)
    return [f"- {line} [{mark}]" for mark, line in enumerate(lines, first_mark)]


def _beginning(text: str, longest: int) -> str:
    """A text up to a clause's end, else up to a word, never inside a number or a date."""
    text = " ".join(text.lstrip("-–+ ").split())
    if len(text) <= longest:
        return text
    head = text[:longest]
    end = max(head.rfind(", "), head.rfind("; "))
    if end < longest // 2:
        words = head.split()[:-1]
        while words and any(character.isdigit() for character in words[-1]):
            words.pop()
        head, end = " ".join(words), longest
    return f"{head[:end].rstrip(' ,;')} …"


def quoted(quotes: Sequence[str]) -> str:
    """Verbatim text with its mark; a list has a line for each item."""
    head, *items = quotes
    return "\n".join([f"{head} [1]", *listed(items, 2)])


NOTHING_ELSE = "Văn bản đang lưu không nêu thêm nội dung nào ở mục đó."


def found_at(address: str, quote: str, mark: int) -> str:
    """In which unit something stands, with its first words."""
    return f"{address}: “{quote}” [{mark}]" if address else f"{quote} [{mark}]"


def of_kind(kind: str, province: str, mark: int) -> str:
    """Which kind of document the stored directive of a place is."""
    return f"Văn bản đang lưu của {province} là {kind}. [{mark}]"


def stands_at(citation_line: str, mark: int) -> str:
    """Where a quotation stands."""
    return f"{citation_line} [{mark}]"


def yes_or_no(answer: Literal["yes", "no"] | None, said: str) -> str:
    """A yes or no before the clause; where the clause does not decide it, the clause alone."""
    if answer is None:
        return said
    return f"{'Có' if answer == 'yes' else 'Không'}. Văn bản ghi: {said}"


def of_body(name: str, said: str, mark: int) -> str:
    """The clause behind the body that it binds and that is named elsewhere."""
    return f"{name} [{mark}]: {said}"


def of_document(kind: str, province: str, said: str) -> str:
    """A clause behind the document that says it."""
    return f"{kind}{f' ({province})' if province else ''}: {said}"


def done_by(said: str, name: str, mark: int) -> str:
    """A clause without a subject, and the body that it binds."""
    return f"{said} (giao {name} [{mark}])"


def corrected(quote: str) -> str:
    """A question takes for granted what the clause says otherwise."""
    return f"Không đúng như câu hỏi nêu. Văn bản ghi: “{quote}” [1]"


def only_so_many(count: int, what: str) -> str:
    """A thing is asked for by a number that is too high."""
    return f"Không đúng như câu hỏi nêu: văn bản chỉ có {count} {re.sub(r' *[(][^)]*[)]', '', what)}."


def body_not_named(body: str) -> str:
    """The directive that is asked names no such body."""
    return f"Văn bản đang lưu không nêu {body} trong nội dung này."


def not_as_asked(said: str) -> str:
    """A question takes for granted what the record says otherwise."""
    return f"Không đúng như câu hỏi nêu. {said}"


def which_directive() -> str:
    """More than one directive could be meant."""
    return "Có nhiều văn bản đang lưu. Đề nghị chọn văn bản:"


def directive_label(directive: Directive) -> str:
    """A directive as a choice: place, type, number."""
    metadata = directive.metadata
    number = f" số {metadata.number}" if metadata.number else ""
    return f"{directive.province}: {metadata.type}{number}"


def more_duties(count: int) -> str:
    """The list goes on."""
    return f"Còn {count} việc nữa trong danh sách việc phải làm."


def not_cited(number: str) -> str:
    """No stored directive cites this document."""
    return f"Văn bản đang lưu không viện dẫn văn bản số {number}."


def inconsistency(kind: str, number: str, readings: dict[str, list[str]]) -> str:
    """Stored directives disagree on a document that they cite."""
    said = "; ".join(f"{value} (văn bản của {', '.join(places)})" for value, places in readings.items())
    return f"Các văn bản đang lưu ghi khác nhau về {kind} số {number}: {said}. Cần đối chiếu bản gốc."


def author(name: str) -> str:
    """Who wrote the page."""
    return f"Tác giả bài giới thiệu: {name}."


def issuer(name: str, by_text: bool) -> str:
    """Who issued a directive; where its text does not say it whole, by the catalogue."""
    return (
        f"Cơ quan ban hành: {name}."
        if by_text
        else f"Cơ quan ban hành (theo danh mục, không phải lời văn bản): {name}."
    )


def whose_document(directive: Directive) -> str:
    """The document that someone signed, by type, number and issuer."""
    metadata = directive.metadata
    number = f" số {metadata.number}" if metadata.number else ""
    return f"Văn bản: {metadata.type or 'văn bản'}{number} của {metadata.issuer or directive.province}."


def is_recipient(names: list[str], is_named: bool) -> str:
    """Whether a body is among those to whom the document goes."""
    said = "; ".join(names)
    return f"Có. Nơi nhận có: {said}." if is_named else f"Không. Nơi nhận chỉ ghi: {said}."


def received(office: str | None, number: str | None, day: str | None) -> str:
    """What the arrival stamp says; its office received the document, it did not issue it."""
    parts = [f"số đến {number}" if number else "", f"ngày {day}" if day else ""]
    said = ", ".join(part for part in parts if part)
    return f"Dấu công văn đến{f' của {office}' if office else ''}: {said}."


def recipients(names: list[str]) -> str:
    """To whom the document goes."""
    return f"Nơi nhận: {'; '.join(names)}."


def identity(number: str | None, day: str | None) -> str:
    """The number and the day of issue of a document."""
    said = ", ".join(part for part in (f"số {number}" if number else "", f"ngày {day}" if day else "") if part)
    return f"{said[0].upper()}{said[1:]}."


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
        f"Đang phục vụ tại http://{shown}:{port} (dừng: Ctrl+C). Mở địa chỉ này bằng trình duyệt, hoặc hỏi thử:\n\n"
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
    return _about_request(error) or _about_records(error)


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


# The program's own sentences in English, for questions in English; what is quoted stays Vietnamese.
_ENGLISH = (
    ("Văn bản đang lưu không nêu nội dung này.", "The stored texts do not state this."),
    (
        "Văn bản đang lưu không nêu việc này; xem ghi chú ngoài văn bản.",
        "The stored texts do not state this; see the notes.",
    ),
    (
        "Văn bản đang lưu không nêu việc này; hiệu lực hiện nay chưa xác minh.",
        "The stored texts do not state this; whether it holds today is not verified.",
    ),
    ("Không đúng như câu hỏi nêu. Văn bản ghi:", "Not as the question says. The text reads:"),
    ("Không đúng như câu hỏi nêu.", "Not as the question says."),
    ("Có. Văn bản ghi:", "Yes. The text reads:"),
    ("Không. Văn bản ghi:", "No. The text reads:"),
    ("Người ký: đồng chí", "Signed by:"),
    ("Có nhiều văn bản đang lưu. Đề nghị chọn văn bản:", "Several texts are stored. Please choose:"),
)


def in_english(answer: str) -> str:
    """An answer with the program's own sentences in English; quotations stay as they are."""
    for vietnamese, english in _ENGLISH:
        if answer.startswith(vietnamese):
            return english + answer[len(vietnamese) :]
    return answer
