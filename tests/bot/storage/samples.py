"""Answers as the assistant gives them, of questions that a test chooses."""

from __future__ import annotations

from bot.answering.answer import Answer, Citation, Status, Understood


def answer_to(question: str, status: Status = "answered", province: str | None = None) -> Answer:
    citation = Citation(
        marker=1,
        role="nearest" if status == "not_found" else "support",
        document_id="ha-tinh-ct-btv-thanh-uy",
        number=None,
        type="Chỉ thị",
        title="về công tác dân vận",
        issuer="Ban Thường vụ Thành ủy Hà Tĩnh",
        province="Hà Tĩnh",
        issued_on=None,
        address="mục 3 › gạch đầu dòng 1",
        citation_line="gạch đầu dòng 1 mục 3 Chỉ thị của Ban Thường vụ Thành ủy Hà Tĩnh",
        quote="Các cấp ủy báo cáo trước ngày 15 tháng 11 𝟚.",
        start=10,
        end=54,
        url="/documents/ha-tinh-ct-btv-thanh-uy#muc-3",
    )
    return Answer(
        status=status,
        answer=f"Trả lời: {question} [1]",
        basis=None if status == "not_found" else "text",
        citations=(citation,),
        confidence=0.75,
        question=Understood(text=question, understood_as=f"{question} (đã hiểu)", province=province, intent="when"),
        elapsed_ms=12.5,
    )
