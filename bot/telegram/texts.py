"""Every sentence that the bot says by itself besides the answers, in Vietnamese; as `bot.messages` for this channel."""

from __future__ import annotations

from collections.abc import Sequence

from index.structure.address import office_date

ASK, DUTIES, CONTENTS = "Hỏi", "Việc phải làm", "Mục lục"
WAITING = "Nhập câu hỏi về các văn bản"
COMMANDS = (
    ("hoi", "Hỏi một câu về các văn bản"),
    ("vanban", "Chọn văn bản, xem mục lục và từng mục"),
    ("han", "Việc phải làm và thời hạn"),
    ("nguon", "Trích nguyên văn của câu trả lời gần nhất"),
    ("nhac", "Nhắc việc sắp đến hạn"),
    ("caidat", "Cài đặt"),
    ("xoa", "Xóa dữ liệu của đồng chí"),
    ("help", "Hướng dẫn"),
)
SHORT_DESCRIPTION = "Trả lời câu hỏi về văn bản công tác dân vận, trích nguyên văn, ghi rõ nơi trích."
DESCRIPTION = (
    "Hỏi đáp về các văn bản công tác dân vận đang lưu: trả lời ngắn, trích nguyên văn điều khoản và ghi rõ nơi trích. "
    "Nội dung văn bản không nêu thì nói rõ là không nêu."
)

START = (
    "Kính chào đồng chí.",
    "Đây là trợ lý tra cứu các văn bản về công tác dân vận. Có thể:\n"
    "- gõ câu hỏi, có dấu hoặc không dấu: trả lời ngắn, kèm trích nguyên văn và nơi trích;\n"
    "- xem việc phải làm và thời hạn theo cơ quan, cấp;\n"
    "- đọc mục lục và từng mục của văn bản.",
    "Hỏi thử:",
)
HELP_HEAD = "Hướng dẫn"
HELP = (
    "Gõ câu hỏi như khi nói, ví dụ: “hạn nộp báo cáo dân vận là ngày nào”. Câu sau có thể hỏi tiếp ý của câu trước.\n\n"
    "Trong nhóm, trợ lý chỉ trả lời khi được nhắc tên, khi có người trả lời tin của trợ lý, hoặc khi dùng lệnh.\n\n"
    "Sửa câu hỏi đã gửi thì câu trả lời được sửa theo. Câu trả lời trích nguyên văn văn bản đang lưu; "
    "điều gì ngoài văn bản được ghi riêng là “Ghi chú ngoài văn bản”."
)
HELP_COMMANDS = "Các lệnh:"
ASK_NOW = "Đề nghị nhập câu hỏi."
UNKNOWN_COMMAND = "Chưa có lệnh này. Các lệnh có tại /help; cũng có thể gõ thẳng câu hỏi."
TEXT_ONLY = "Trợ lý chỉ đọc được câu hỏi bằng chữ. Đề nghị nhập câu hỏi."
MOVED_ON = "Nội dung này đã cũ, không mở lại được. Đề nghị hỏi lại."
FAILED = "Chương trình gặp lỗi khi xử lý yêu cầu này. Đề nghị thử lại; nếu còn lỗi, báo quản trị viên kèm mã {code}."
LATE = (
    "Trợ lý tạm ngừng khi đồng chí gửi câu hỏi, nay câu hỏi đã lâu nên không tự trả lời. Đề nghị gửi lại nếu còn cần."
)
TOO_MANY = "Đã nhận nhiều câu hỏi trong thời gian ngắn. Đề nghị chờ khoảng một phút rồi hỏi tiếp."

SOURCE_HEAD = "Trích nguyên văn"
OUTSIDE = "Ghi chú ngoài văn bản"
NOTE = "Lưu ý"
COPY = "Chép trích dẫn"
PAGE = "Xem trên trang"
RIGHT, WRONG = "Đúng", "Chưa đúng"
REASONS = ("Sai nội dung", "Thiếu ý", "Không đúng văn bản", "Không đúng câu hỏi", "Lý do khác")
WHY_WRONG = "Chưa đúng ở điểm nào?"
NOTED = "Đã ghi nhận. Cảm ơn đồng chí."
NOT_YOURS = "Chỉ đồng chí đã hỏi câu này ghi nhận được."
BACK, PREVIOUS, NEXT, UP, CLOSE = "Quay lại", "‹ Trước", "Sau ›", "Lên mục trên", "Đóng"
SAME_PAGE = "Đang ở trang này."
REST_IN_SOURCES = "(Còn tiếp; trích đủ tại /nguon.)"
NO_SOURCES = "Chưa có câu trả lời nào có trích dẫn trong cuộc hỏi đáp này."
SUGGESTED = "Hỏi tiếp:"

CHOOSE_ONE = "Chọn văn bản"
ALL_DOCUMENTS = "Tất cả văn bản"
CHOOSE_DOCUMENT = "Các văn bản đang lưu. Chọn một văn bản để xem hoặc để hỏi riêng trong văn bản đó."
ASK_IN_IT, ITS_CONTENTS, ITS_DUTIES, OTHER_DOCUMENTS = (
    "Hỏi trong văn bản này",
    "Mục lục",
    "Việc phải làm",
    "Văn bản khác",
)
ASKING_ALL = "Các câu hỏi tiếp theo được tìm trong tất cả văn bản đang lưu."
ASK_IN_ALL = "Hỏi trong tất cả văn bản"
ONLY_ADMINS = "Chỉ quản trị viên của nhóm thực hiện được việc này."
EMPTY_UNIT = "(Mục này không có lời văn riêng; xem các mục bên dưới.)"

LEVELS = {"t": "tỉnh", "h": "huyện", "x": "xã"}
ALL_LEVELS = "Mọi cấp"
NO_DUTIES = "Văn bản đang lưu không nêu việc nào theo lựa chọn này."
REMIND = "Nhắc việc"
BY_BODY = "Xem việc của một cơ quan: /han kèm tên cơ quan, ví dụ: /han UBND xã"
FILE_CAPTION = "Việc phải làm và thời hạn"

NO_COMING = (
    "Hiện không có việc nào sắp đến hạn để nhắc: các thời hạn nêu trong văn bản đang lưu đã qua, "
    "hoặc cơ quan ban hành, cơ quan thực hiện hay thời kỳ thực hiện đã kết thúc."
)
COMING_HEAD = "Việc có thời hạn sắp tới"
MY_REMINDERS = "Lời nhắc đã đặt"
CHOOSE_DAYS = "Nhắc trước bao nhiêu ngày?"
DAYS_BEFORE = {0: "Đúng ngày", 1: "Trước 1 ngày", 3: "Trước 3 ngày", 7: "Trước 7 ngày", 14: "Trước 14 ngày"}
OVER = "Việc này không còn đến hạn nên không đặt lời nhắc được."
TOO_SOON = "Thời điểm nhắc này đã qua. Đề nghị chọn số ngày ít hơn."
TOO_MANY_REMINDERS = "Đã đặt nhiều lời nhắc. Đề nghị bỏ bớt trước khi đặt thêm."
REMOVED = "Đã bỏ lời nhắc."
REMOVE = "Bỏ lời nhắc"
PRIVATE_ONLY = "Lời nhắc được đặt trong cuộc trò chuyện riêng với trợ lý."

SETTINGS = "Cài đặt"
HOURS = (6, 7, 8, 9, 14, 17, 20)

FORGET_ASK = (
    "Xóa toàn bộ dữ liệu của đồng chí: các câu hỏi và câu trả lời đã lưu, đánh giá, văn bản đã chọn, lời nhắc. "
    "Việc này không hoàn lại được. Tin nhắn đã gửi trong Telegram thì đồng chí tự xóa."
)
FORGET_YES, FORGET_NO = "Xóa dữ liệu", "Không xóa"
FORGOTTEN = "Đã xóa toàn bộ dữ liệu của đồng chí."
NOT_YOURS_TO_DELETE = "Chỉ đồng chí đã dùng lệnh này bấm được."
KEPT = "Không xóa. Dữ liệu được giữ nguyên."

INLINE_OPEN = "Mở trợ lý để hỏi và xem mục lục"


def asked(question: str) -> str:
    """The question that a tapped button stands for."""
    return f"Câu hỏi: {question}"


def asking_in(label: str) -> str:
    """Questions are about one directive from now on."""
    return f"Các câu hỏi tiếp theo chỉ tìm trong văn bản: {label}."


def only_in(label: str) -> str:
    """Only the chosen directive was searched."""
    return f"Chỉ tìm trong văn bản đã chọn ({label})."


def source_number(number: int, count: int) -> str:
    """Which of the quotations is shown."""
    return f"{number}/{count}"


def duties_head(count: int, chosen: Sequence[str]) -> str:
    """How many duties a choice has."""
    scope = f" ({', '.join(chosen)})" if chosen else ""
    return f"Việc phải làm{scope}: {count} việc"


def level(name: str) -> str:
    """A level as a button."""
    return f"Cấp {name}"


def deadline(written: str) -> str:
    """A deadline in the directive's words."""
    return f"Thời hạn: {written}"


def coming(day: str) -> str:
    """The next day on which a duty is due; `day` is ISO."""
    return f"Sắp tới: {office_date(day)}"


def ended(why: str) -> str:
    """A duty that does not fall due any more."""
    return f"[Đã kết thúc] {why}"


def past(day: str) -> str:
    """A duty whose day has gone by."""
    return f"[Đã qua thời hạn {office_date(day)}]"


def remind_number(number: int) -> str:
    """The button for a reminder of the n-th duty of a list."""
    return f"Nhắc việc {number}"


def reminder_set(day: str, hour: int) -> str:
    """A reminder is kept."""
    return f"Sẽ nhắc vào {hour:02d} giờ ngày {office_date(day)}."


def reminder_line(number: int, task: str, due: str, remind_on: str, hour: int) -> str:
    """One of the reminders of a person."""
    return f"{number}. {task}\nHạn {office_date(due)}; nhắc {hour:02d} giờ ngày {office_date(remind_on)}."


def remove_number(number: int) -> str:
    """The button that removes the n-th reminder."""
    return f"Bỏ lời nhắc {number}"


def reminder(days: int, due: str) -> str:
    """The head of a reminder."""
    when = "Hôm nay là hạn cuối" if days == 0 else f"Còn {days} ngày đến hạn"
    return f"{when} ({office_date(due)})"


def hour_button(hour: int, chosen: bool) -> str:
    """An hour of reminders as a button."""
    return f"• {hour:02d} giờ •" if chosen else f"{hour:02d} giờ"


def setting(name: str, value: str) -> str:
    """One setting in a line."""
    return f"{name}: {value}"


SETTING_DOCUMENT, SETTING_ADMINS, SETTING_SUGGESTIONS, SETTING_HOUR = (
    "Văn bản để hỏi",
    "Người được chọn văn bản",
    "Gợi ý câu hỏi tiếp",
    "Giờ nhắc việc",
)
ADMINS_ONLY, EVERYBODY = "chỉ quản trị viên", "mọi người trong nhóm"
ON, OFF = "bật", "tắt"

# What an administrator reads.
NO_TOKEN = (
    "Chưa có mã của bot. Lấy mã từ @BotFather rồi đặt vào DANVAN_TELEGRAM_TOKEN, hoặc ghi vào một tệp và đặt đường dẫn "
    "vào DANVAN_TELEGRAM_TOKEN_FILE."
)
BAD_TOKEN = (
    "Máy chủ Telegram không nhận mã của bot. Lấy lại mã từ @BotFather (lệnh /token) rồi đặt vào DANVAN_TELEGRAM_TOKEN."
)
ODD_TOKEN = "Mã của bot không đúng mẫu “số:chữ” như @BotFather cấp. Kiểm tra DANVAN_TELEGRAM_TOKEN."
OTHER_POLLER = "Một chương trình khác đang nhận tin của bot này. Dừng chương trình đó; trong lúc chờ, bot tự thử lại."
ONE_LEADS = "Một tiến trình khác đang chạy bot này trên cùng cơ sở dữ liệu; tiến trình này chờ đến lượt."
WEBHOOK_SET = (
    "DANVAN_TELEGRAM_WEBHOOK_URL đang được đặt: bot nhận tin qua webhook trong danvan serve. "
    "Bỏ biến này để chạy danvan telegram."
)
NO_SECRET = (
    "DANVAN_TELEGRAM_WEBHOOK_URL cần đi cùng DANVAN_TELEGRAM_WEBHOOK_SECRET (16 đến 256 chữ cái, chữ số, _ và -)."
)
STOPPED = "Bot đã dừng; tin chưa trả lời được giữ lại cho lần chạy sau."


def token_file_unreadable(path: str, problem: str) -> str:
    """The file with the token cannot be read."""
    return f"Không đọc được tệp mã của bot {path}: {problem}."


def unreachable(place: str, problem: str) -> str:
    """Telegram cannot be reached; the bot goes on trying."""
    return (
        f"Chưa kết nối được máy chủ Telegram ({place}): {problem}. Bot tự thử lại; nếu mạng chặn Telegram, "
        "đặt DANVAN_TELEGRAM_PROXY hoặc DANVAN_TELEGRAM_BASE_URL."
    )


def reachable(place: str) -> str:
    """Telegram can be reached again."""
    return f"Đã kết nối lại máy chủ Telegram ({place})."


def running(username: str, way: str) -> str:
    """The bot is up."""
    return f"Bot @{username} đang chạy ({way}). Dừng: Ctrl+C"


def records_wait(problem: str) -> str:
    """Records cannot be kept now; nothing is lost, Telegram keeps the updates."""
    return f"{problem} Bot chờ và tự thử lại; tin nhắn chưa mất."


def noted(verdict: str) -> str:
    """What the person said of an answer, in the place of the two buttons."""
    return f"Đã ghi nhận: {verdict}"


NOT_INVITED = (
    "Trợ lý này chỉ dành cho người được mời. Đề nghị gửi mã đăng nhập do quản trị viên cấp trong cuộc trò chuyện riêng "
    "với trợ lý."
)


def signed_in(name: str) -> str:
    """Somebody has come in with a code."""
    return f"Đã đăng nhập: {name}. Từ nay gửi câu hỏi vào đây, hoặc chọn nút bên dưới."
