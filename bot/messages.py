"""Every sentence that an answer says by itself, in Vietnamese. Quotations and citation lines are the directives'.

Beside it: `command_texts`, `error_messages`, `problem_texts`, and `texts` of a channel's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from index.context import Body, Ended, Place, Replaced, SourceError
from index.data import strings
from index.directive import Directive
from index.facts.records import Reference
from index.structure.address import office_date

LONGEST_QUESTION = 4000  # characters

NOT_STATED = "Văn bản đang lưu không nêu nội dung này."
NEAREST = "Đoạn gần nhất trong văn bản đang lưu:"
QUESTION_EMPTY = "Chưa có nội dung câu hỏi. Đề nghị nhập câu hỏi."
CODE_NOT_ASKED = (
    "Nội dung vừa gửi có mã đăng nhập nên không được đọc và không được lưu. "
    "Mã chỉ nhập ở trang đăng nhập, hoặc gửi riêng cho trợ lý trong Telegram."
)
CATALOGUE = "danh mục văn bản"
READING = "Đang đọc các văn bản"
NO_PASSAGE = "Không tìm thấy đoạn nào."


CALENDAR = "Hạn công tác dân vận"
NOTE = "Lưu ý"
UNDATED_MARK = "văn bản thiếu ngày ban hành"


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
    return f"{kind}{f' ({province})' if province else ''}: “{quote.strip('“” ')}” [{mark}]"


THANKED = "Không có gì, thưa đồng chí. Cần tra cứu thêm nội dung nào, xin cứ hỏi tiếp."
SMALL_TALK = (
    "Xin chào đồng chí. Có thể hỏi về các văn bản công tác dân vận đang lưu, ví dụ: "
    "“Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?”"
)


NO_BASIS = "Văn bản đang lưu không nêu căn cứ ban hành thành phần riêng (không có dòng “Căn cứ …”)."


def nothing_of_province(province: str) -> str:
    """No directive of the province asked about is stored."""
    return f"Văn bản đang lưu không nêu nội dung này: chưa có văn bản nào của {province}."


def what_a_body_has_to_do(body: str) -> str:
    """A bare "còn Ban Dân vận?" as it is understood."""
    return f"{body} được giao nhiệm vụ gì?"


def of_province(province: str, said: str) -> str:
    """What the directives of one province say, where several are asked about; a list begins on its own line."""
    return f"{province}:\n{said}" if "\n" in said else f"{province}: {said}"


# A list is at most this long where its items allow, and no item is cut below a line. Characters.
_LIST_LENGTH = 880
_LINE_LENGTH = 120


def listed(items: Sequence[str], first_mark: int = 1) -> list[str]:
    """A line for each item with its mark; long ones by their beginning, their quotations hold them whole."""
    spare = sum(len(item) for item in items) - _LIST_LENGTH
    longest = max((len(item) for item in items), default=0)
    while spare > 0 and longest > _LINE_LENGTH:
        longest = max(_LINE_LENGTH, longest - 20)
        spare = sum(min(len(item), longest) for item in items) - _LIST_LENGTH
    lines = (_beginning(" ".join(item.split()), longest) for item in items)
    return [f"- {line} [{mark}]" for mark, line in enumerate(lines, first_mark)]


def _beginning(text: str, longest: int) -> str:
    """A text up to a clause's end, else up to a word, never inside a number or a date; then targets that follow."""
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
    kept = head[:end].rstrip(" ,;")
    said = kept
    for measure in list(_MEASURE.finditer(text, len(kept)))[:_MOST_MEASURES]:
        said, end = f"{said} … {measure.group()}", measure.end()
    return f"{said} …" if end < len(text.rstrip(". ")) else said


# Targets in a line that is cut: their numbers are what the line is read for.
_MOST_MEASURES = 2
_MEASURE = re.compile(r"(?:(?<!\S)[^\s\d,;.]+ ){0,2}(?:(?:tốp|nhóm|hạng) \d+|\d+(?:[.,]\d+)?\s?%)(?: [^\s,;.]+){0,3}")


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
