"""What the page says in words that depend on a value; everything else that it says stands in its templates."""

from __future__ import annotations

from bot import messages
from bot.answering.answer import Basis, Status
from bot.storage.values import Verdict
from index.directive import Directive

STATUS: dict[Status, str] = {
    "answered": "Trả lời",
    "corrected": "Đính chính",
    "not_found": "Văn bản đang lưu không nêu",
    "clarify": "Cần nêu rõ hơn",
    "smalltalk": "Trả lời",
    "rejected": "Chưa đọc được câu hỏi",
}
BASIS: dict[Basis, str] = {
    "text": "Theo lời văn trích dưới đây",
    "derived": "Suy ra từ lời văn trích dưới đây",
    "catalogue": "Theo danh mục, không phải lời văn bản",
}
VERDICT: dict[Verdict, str] = {"right": "Đúng", "wrong": "Chưa đúng"}


def copied(quote: str, line: str) -> str:
    """What "Chép trích dẫn" puts on the clipboard: the quotation and the line by which it is cited."""
    return f"“{quote}”\n{line}"


def outside_note(text: str) -> str:
    """A note of the section that already says where it is from."""
    return text.removeprefix(f"{messages.OUTSIDE}: ")


def examples(directives: list[Directive]) -> tuple[str, ...]:
    """Questions that a newcomer may begin with; the last ones name a stored directive."""
    general = ("Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?", "Thời hạn báo cáo là khi nào, gửi cơ quan nào?")
    numbered = next((one.metadata for one in directives if one.metadata.number and one.metadata.type), None)
    if numbered is None:
        return general
    named = f"{numbered.type} số {numbered.number}"
    return (*general, f"Ai ký {named}?", f"{named} nêu những giải pháp nào?")
