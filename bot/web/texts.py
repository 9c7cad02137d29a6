"""What the page says in words that depend on a value; everything else that it says stands in its templates."""

from __future__ import annotations

from bot import messages
from bot.answering.answer import Basis, Status
from bot.storage.values import Verdict

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
