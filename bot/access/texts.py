"""What access says by itself, in Vietnamese: on the command line, in problems, and where it refuses to start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.facts.kinds import HERE
from bot.storage.access.errors import (
    AccessError,
    CodeRefusedError,
    KnownPersonError,
    LastAdministratorError,
    OddNameError,
    TooManyAttemptsError,
    UnknownKeyError,
    UnknownPersonError,
)
from bot.storage.access.values import Invitation, Person, Role
from index.structure.address import office_date

ROLES: dict[Role, str] = {"reader": "người dùng", "administrator": "quản trị"}
SCOPES = {
    "ask": "đặt câu hỏi qua /v1/ask",
    "read": "đọc văn bản, dữ kiện, tìm đoạn",
    "records": "lịch sử hỏi đáp và nhận xét của những người mà chương trình đại diện",
    "chat": "hỏi theo mẫu OpenAI (/v1/chat/completions)",
    "mcp": "hỏi qua MCP (/mcp)",
    "admin": "số liệu quản trị và lập lại chỉ mục (/v1/admin)",
    "metrics": "số đo vận hành (/metrics)",
}

HELP_USERS = "Mời, liệt kê, thu hồi người dùng (khi DANVAN_ACCESS=restricted)."
HELP_KEYS = "Tạo, liệt kê, thu hồi khóa API cho chương trình khác."
HELP_INVITE = "Mời một người mới: tạo mã đăng nhập dùng một lần, chỉ hiện một lần; hãy gửi riêng cho người được mời."
HELP_CODE = "Tạo mã mới cho người đã có quyền, ví dụ cho thiết bị khác; các mã chưa dùng của người đó hết hiệu lực."
HELP_ROLE = "Đổi vai trò của một người, có hiệu lực ngay; người quản trị cuối cùng giữ nguyên vai trò."
HELP_ROLE_VALUE = "reader: người dùng; administrator: quản trị."
HELP_LIST_USERS = "Liệt kê người dùng."
HELP_REVOKE_USER = "Thu hồi quyền của một người, có hiệu lực ngay trên mọi thiết bị."
HELP_NAME = "Họ tên hoặc tên gọi trong cơ quan."
HELP_WHO = "Tên hoặc mã."
HELP_ADMIN = "Người này được vào trang quản trị."
HELP_DAYS = "Mã có hiệu lực trong số ngày này."
HELP_CREATE_KEY = "Tạo khóa API; khóa chỉ hiện một lần."
HELP_KEY_NAME = "Tên để nhận ra khóa, ví dụ tên chương trình dùng khóa."
HELP_SCOPE = "Quyền của khóa, lặp lại được: " + "; ".join(f"{name} – {what}" for name, what in SCOPES.items()) + "."
HELP_KEY_DAYS = "Khóa hết hạn sau số ngày này; không đặt thì dùng đến khi thu hồi."
HELP_LIST_KEYS = "Liệt kê khóa."
HELP_REVOKE_KEY = "Thu hồi một khóa, có hiệu lực ngay."

NOBODY = "Chưa mời ai. Mời người quản trị đầu tiên: danvan users invite TÊN --admin"
NO_KEY = "Chưa có khóa nào."
NEVER = "chưa dùng"
CODE_REFUSED = "Mã không đúng, đã dùng hoặc hết hạn. Đề nghị kiểm tra lại, hoặc xin quản trị viên mã mới."
NOT_SIGNED_IN = (
    "Cần đăng nhập, hoặc gửi khóa API còn hiệu lực trong đầu mục Authorization: Bearer. "
    "Mã đăng nhập và khóa do quản trị viên cấp."
)
KEY_REFUSED = "Khóa API không đúng, đã hết hạn hoặc bị thu hồi. Đề nghị xin quản trị viên khóa khác."
FORBIDDEN = "Quyền được cấp không gồm việc này. Đề nghị liên hệ quản trị viên."
PEOPLE_NOT_OPEN = (
    "Ở chế độ mở không quản lý người dùng và khóa trên trang; "
    "dùng lệnh danvan users, danvan keys trên máy chạy dịch vụ."
)
NOT_ONESELF = "Không tự thu hồi quyền của chính mình; đề nghị một quản trị viên khác thực hiện."
EVENTS = {
    "person_invited": "Mời người dùng",
    "role_changed": "Đổi vai trò",
    "person_revoked": "Thu hồi quyền người dùng",
    "code_made": "Tạo mã đăng nhập",
    "signed_in": "Đăng nhập",
    "signed_out": "Đăng xuất",
    "sign_in_refused": "Mã đăng nhập bị từ chối",
    "key_made": "Tạo khóa API",
    "key_revoked": "Thu hồi khóa API",
    "index_rebuild": "Lập lại chỉ mục",
    "conversation_deleted": "Xóa cuộc hỏi đáp",
    "feedback": "Nhận xét câu trả lời",
}
_WORDS = {
    "by": "do",
    "code": "bằng mã của",
    "cli": "dòng lệnh",
    "local": "máy chạy dịch vụ",
    "page": "trên trang",
    "everywhere": "mọi thiết bị",
    "right": "đúng",
    "wrong": "chưa đúng",
    "telegram": "trong Telegram",
}
NOT_OPEN_HERE = (
    "Trang quản trị ở chế độ mở chỉ xem được từ chính máy chạy dịch vụ. "
    "Để quản trị từ máy khác, đặt DANVAN_ACCESS=restricted."
)
UNKNOWN_HOST = "Dịch vụ không nhận yêu cầu gửi tới tên máy này. Quản trị viên thêm tên vào DANVAN_HOSTS."


def access_unset(host: str) -> str:
    """Why the service does not start on an address that others reach."""
    return (
        f"Chưa chọn ai được dùng dịch vụ tại {host}, địa chỉ mà máy khác truy cập được. Đặt một trong hai: "
        "DANVAN_ACCESS=restricted (chỉ người được mời và chương trình có khóa) hoặc "
        "DANVAN_ACCESS=open (ai truy cập được địa chỉ này cũng dùng được)."
    )


def too_many(seconds: int) -> str:
    """When to come again."""
    return f"Đã gửi quá nhiều yêu cầu. Đề nghị thử lại sau {span(seconds)}."


def too_many_attempts(seconds: int) -> str:
    """When the next code or key is looked at."""
    return f"Đã thử sai nhiều lần. Đề nghị thử lại sau {span(seconds)}."


def event_told(event: str, detail: str, names: Mapping[str, str]) -> tuple[str, str]:
    """An event of the audit trail in words; `names`: of people and keys by their ids."""
    known = {str(role): name for role, name in ROLES.items()} | _WORDS | dict(names)
    return EVENTS.get(event, event), " ".join(known.get(word, word) for word in detail.split())


def span(seconds: int) -> str:
    """Seconds, or minutes where they are many."""
    return f"{seconds} giây" if seconds < 120 else f"{-(-seconds // 60)} phút"


def described(error: AccessError) -> str:
    """An error in a sentence that says what to do."""
    match error:
        case CodeRefusedError():
            return CODE_REFUSED
        case TooManyAttemptsError(seconds=seconds):
            return too_many_attempts(seconds)
        case UnknownPersonError(name=name):
            return f"Không có người dùng “{name}” đang có quyền. Xem: danvan users list"
        case KnownPersonError(name=name):
            return (
                f"{_known(name)} Mã mới cho người đó: danvan users code; đổi vai trò: danvan users role; "
                "nếu là người khác, đặt tên phân biệt được."
            )
        case LastAdministratorError(name=name):
            return f"{name} là người quản trị cuối cùng. Đặt người khác làm quản trị trước: danvan users role"
        case UnknownKeyError(name=name, several=True):
            return f"Có nhiều khóa tên “{name}”; ghi mã của khóa. Xem: danvan keys list"
        case UnknownKeyError(name=name):
            return f"Không có khóa “{name}” đang có hiệu lực. Xem: danvan keys list"
        case OddNameError():
            return "Tên cần có từ 1 đến 100 ký tự, không có ký tự điều khiển."
    unknown_scope = getattr(error, "scope", None)
    if unknown_scope is not None:
        return f"Không có quyền “{unknown_scope}”. Các quyền của khóa: {', '.join(SCOPES)}."
    return str(error)


def described_on_page(error: AccessError) -> str:
    """The same on the administrator's page, where a person's code is a button."""
    if isinstance(error, KnownPersonError):
        return (
            f"{_known(error.name)} Nếu là người đó, dùng “Mã mới” trong danh sách dưới đây; "
            "nếu là người khác, đặt tên phân biệt được."
        )
    return described(error)


def made_by(code_by: str | None, person_id: str) -> str:
    """Who made the code with which a person signed in."""
    if code_by is None:
        return "không rõ ai tạo mã"
    if code_by == person_id:
        return "mã tự tạo"
    return "mã tạo ở dòng lệnh" if code_by == "cli" else "mã do quản trị viên tạo"


def when(moment: datetime | None) -> str:
    """A moment as "14 giờ 05, ngày 05/9/2026"."""
    if moment is None:
        return NEVER
    here = moment.astimezone(HERE)
    return f"{here.hour:02d} giờ {here.minute:02d}, ngày {office_date(here.date().isoformat())}"


def invited(invitation: Invitation, page: str, telegram: str | None) -> str:
    """A code, where it is used, and until when."""
    person = invitation.person
    lines = [
        f"Mã đăng nhập của {person.name} ({ROLES[person.role]}), dùng một lần, đến {when(invitation.expires_at)}:",
        "",
        f"  {invitation.code}",
        "",
        f"Nhập mã tại {page}/sign-in",
    ]
    if telegram:
        lines.append(f"Hoặc mở trong Telegram: {telegram}")
    return "\n".join(lines)


def telegram_link(bot: str, code: str) -> str:
    """The deep link that opens the bot and gives it a code."""
    return f"https://t.me/{bot}?start={code}"


def made_key(name: str, scopes: str, secret: str) -> str:
    """A key, shown this once."""
    return (
        f"Khóa API “{name}” (quyền: {scopes}). Khóa chỉ hiện lần này:\n\n  {secret}\n\n"
        "Chương trình gửi khóa trong đầu mục Authorization: Bearer <khóa>."
    )


def changed_role(person: Person) -> str:
    """Done."""
    return f"{person.name} nay có vai trò {ROLES[person.role]}."


def revoked_person(name: str) -> str:
    """Done."""
    return f"Đã thu hồi quyền của {name} trên mọi thiết bị."


def revoked_key(name: str) -> str:
    """Done."""
    return f"Đã thu hồi khóa “{name}”."


def _known(name: str) -> str:
    return f"Đã có người dùng tên “{name}”."
