"""What a question takes for granted and a clause says otherwise: a number, a year, an office, a body."""

from __future__ import annotations

import re

from bot.answering.expected import YEAR, days_in
from bot.answering.opposites import opposed
from bot.question.bodies import bodies_in
from index.normalise.keys import fold, syllables

# Questions that ask for something else and so take the rest for granted.
_PRESUPPOSES = re.compile(
    r"\b(?:vi sao|tai sao|sao lai|do dau|the nao|ra sao|de lam gi|ke hoach nao"
    r"|dung (?:khong|chu|k|ko)|phai khong|why|vay|(?<!chi )thi(?! dua| hanh| xa| tran| uy| truong)|do ai"
    r"|ai chu tri|nham muc dich)\b"
    r"|^\s*sao\b|\bsao (?:lau|som|muon|nhieu|it|cao|thap|toi|den)\b|\bchi\b.{0,40}\d"
)
_MEASURED = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?(%|phan tram|lan|lop|mo hinh|buoc|nhom|bac|phong|tinh)\b"
    r"|\b(top|nhom|hang|thu hang|vi tri|quy|nam)\s(?:thu )?(\d+|[ivx]+)\b|(\d+(?:[.,]\d+)?)\s?%"
)
_MONTH = re.compile(r"\bthang (\d{1,2})\b|(?<!\d)\d{1,2}[/.-](\d{1,2})(?![\d.])")
# Any other noun that a number counts ("25 học viên", "2 năm"); not what follows a year, a date, a document's number.
_COUNTED = re.compile(r"(?<![\w/.,-])(?!(?:19|20)\d\d\b)(\d{1,5})\s+([a-z]{2,})\b")
# The number of a document or of a unit counts nothing.
_NUMBERED = re.compile(
    r"\b(?:de an|chi thi|nghi quyet|quyet dinh|quy dinh|quy che|ket luan|ke hoach|huong dan|thong tu|nghi dinh|luat"
    r"|dieu|khoan|muc|diem|phan|chuong|dot|buoc|so|khoa|thang|ngay) (?:so )?\d+\b"
)
_NO_UNIT = re.compile(
    r"va|cua|tro|len|xuong|den|toi|trong|tai|do|la|theo|voi|ve|o|thi|ma|co|khong|duoc|phai|thang|ngay|hoac|hay|nay|nao"
    r"|tren|duoi|hang|cho|de|khi|so|noi|gi|ai|may|bao"
)
_ASKS_WHEN = re.compile(r"\b(?:khi nao|luc nao|bao gio|(?:ngay|thang|nam|quy) (?:nao|may)|thoi (?:han|gian|diem))\b")
_OFFICES = (
    "pho chu tich", "chu tich", "pho bi thu", "bi thu", "pho giam doc", "giam doc", "pho truong ban", "truong ban",
    "thu truong", "chanh van phong", "bo truong", "thu tuong",
)  # fmt: skip
_ACTING = re.compile(
    rf"\b(?P<office>{'|'.join(_OFFICES)})\b[^,?.;]{{0,40}}\b(?:lam|giu chuc|la)\s+(?P<as>{'|'.join(_OFFICES)})\b"
)
# How often: every month, quarter, half or whole year.
_PERIOD = re.compile(
    r"\b(?:moi|hang) (?P<each>thang|quy|nam|tuan)\b"
    r"|\b(?P<number>\d{1,2}|hai|ba|bon|nam|sau) (?P<of>nam|quy|thang|tuan)\b(?: \w+){0,7}? (?:1|01|mot) lan\b"
    r"|\b(?P<once>thang|quy|nam|tuan)(?: phai)? (?:1|01|mot) lan\b"
)
_NUMBERS = {"hai": "2", "ba": "3", "bon": "4", "nam": "5", "sau": "6"}
_LEVELS = ("tinh", "huyen", "xa")
_ASKS_FOR_DUTIES = re.compile(
    r"\b(?:duoc giao (?:nhiem vu|viec|gi|nhung|cac|lam)|duoc giao\W*$|nhiem vu|trach nhiem|thi sao|lam (?:nhung )?gi)\b"
)
# Before a body that a question has act: it leads, is sent to, is told to.
_ACTS = (
    r"(?:chu tri|giao|gui|qua|do|bat|yeu cau|theo doi|kiem tra|tong hop|ban hanh|phoi hop"
    r"|giam sat|thuc hien|tham muu|lanh dao|chi dao|trien khai|khao sat|xay dung|don doc|chon|dung ra|dam nhan|dat"
    r"|phu trach|phai lo|lo viec|lam dau moi|lam co quan)"
)

# The head of a body, who acts for it.
_HEAD = r"(?:(?:uy ban|chu tich|truong|giam doc|lanh dao) )?"


def presupposes(question: str) -> bool:
    """Whether a question asks for something else than what it says, which it so takes for granted."""
    return _PRESUPPOSES.search(fold(question)) is not None


def without_values(question: str) -> str:
    """A question without the numbers, years, days and quarters that it gives; numbers of documents stay."""
    return " ".join(_VALUE.sub(" ", question).split())


# Values by what stands around them, so that the number of a document or of a unit is none; the unit itself stays.
_VALUE = re.compile(
    r"(?<![\w/.,-])\d+(?:[.,]\d+)?(?=\s?(?:%|phần trăm|phan tram|lần|lan|lớp|lop|mô hình|mo hinh|bước|buoc"
    r"|nhóm|nhom|bậc|bac)(?!\w))"
    r"|(?<![\w/.-])(?:(?:năm|nam)\s+)?(?:19|20)\d\d(?![\w/-])"
    r"|(?<![\w/.-])(?:(?:ngày|ngay)\s+)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?![\w/-])"
    r"|(?<=quý )(?:[IVX]+|\d)(?:[-/]\d{4})?(?!\w)|(?<=quy )(?:[ivx]+|\d)(?:[-/]\d{4})?(?!\w)"
    r"|(?<=tốp )\d+|(?<=top )\d+",
    re.IGNORECASE,
)


def contradicted(question: str, sentence: str, document_years: frozenset[str], asks: bool = False) -> bool:
    """Whether a question takes a number, a year, a day or an office for granted that the sentence gives otherwise.

    A number with its unit is always taken for granted: what is asked for has none; a day or a month where the question
    does not ask when. Years, periods and offices only by a question that asks for something else (why, how) or whether
    it is so (`asks`); so are opposite judgements.
    Years that name the directive are of the directive, not of the sentence.
    """
    asked, said = fold(question), fold(sentence)
    presumes = asks or _PRESUPPOSES.search(asked) is not None
    given = {(unit, value) for unit, value in _measures(asked) if value not in document_years}
    stated = _measures(said)
    units = {unit for unit, _ in stated}
    given = {(unit, value) for unit, value in given if unit not in ("nam nao", "quy nao")} if not presumes else given
    if any(unit in units and (unit, value) not in stated for unit, value in given):
        return True
    days, said_days = days_in(asked), days_in(said)
    months, said_months = _months(asked), _months(said)
    if not _ASKS_WHEN.search(asked) and (
        (days and said_days and not days & said_days) or (months and said_months and not months & said_months)
    ):
        return True
    periods, said_periods = _periods(asked), _periods(said)
    claims = presumes or any(not one.startswith("1 ") for one in periods)  # "2 năm … 1 lần" is claimed, not asked
    if claims and periods and said_periods and not periods & said_periods:
        return True
    if not presumes:
        return False
    years, said_years = set(YEAR.findall(asked)) - document_years, set(YEAR.findall(said))
    if years and said_years and not years & said_years:
        return True
    return _another_office(asked, said) or opposed(question, sentence)


def counts_the_same(question: str, clause: str) -> bool:
    """Whether a clause has a number of something that the question gives a number of."""
    asked, said = _measures(fold(question)), _measures(fold(clause))
    return bool({unit for unit, _ in asked} & {unit for unit, _ in said} - {"nam nao", "quy nao"})


def at_level(question: str, sentence: str) -> str:
    """Of a sentence that says something of several levels, the clauses on the one level that a question names."""
    wanted = {level for level in _LEVELS if re.search(rf"\b{level}\b", fold(question))}
    if len(wanted) != 1:
        return sentence
    level = wanted.pop()
    parts = re.split(r"(?<=[;])\s+|(?=ở cấp )", sentence)
    of_level = [part for part in parts if re.search(rf"\bcap {level}\b", fold(part))]
    return " ".join(of_level) if of_level and len(of_level) < len(parts) else sentence


def body_acts(question: str, body: str) -> bool:
    """Whether a question has a body act ("Sở Tài chính chủ trì", "qua Sở Tài chính") and asks beyond its duties."""
    asked = " ".join(syllables(question))
    if _ASKS_FOR_DUTIES.search(asked):
        return False
    return re.search(rf"\b{body}\b.{{0,24}}\b{_ACTS}\b|\b{_ACTS}\s+(?:cho )?{_HEAD}{body}\b", asked) is not None


def sent_to(question: str, body: str) -> bool:
    """Whether a question has something sent to or through a body."""
    return re.search(rf"\b(?:qua|gui|nop)\s+(?:cho )?{body}\b", " ".join(syllables(question))) is not None


def sends_through_another(sentence: str, body: str) -> bool:
    """Whether a sentence has something sent through another body of the same kind: "qua Sở Nội vụ"."""
    spoken = " ".join(syllables(sentence))
    kind = body.split(maxsplit=1)[0]
    through = [name for name in bodies_in(sentence) if re.search(rf"\bqua {name}\b", spoken)]
    return any(name.split()[0] == kind and name != body for name in through)


def _another_office(asked: str, said: str) -> bool:
    """Whether the question gives an office that the sentence lacks, where the sentence gives others."""
    wanted, stated = _offices(asked), _offices(said)
    if wanted - stated and stated - wanted:
        return True
    acting = _ACTING.search(asked)  # "Bí thư xã làm trưởng ban" where the sentence has another be it
    return acting is not None and bool(stated) and acting["office"] not in stated and acting["as"] in stated


def _offices(folded: str) -> set[str]:
    found = set()
    for office in _OFFICES:
        if re.search(rf"\b{office}\b", folded):
            found.add(office)
            folded = re.sub(rf"\b{office}\b", " ", folded)
    return found


def _periods(folded: str) -> set[str]:
    found = set()
    for one in _PERIOD.finditer(folded):
        number = _NUMBERS.get(one["number"] or "", (one["number"] or "1").lstrip("0"))
        found.add(f"{number} {one['each'] or one['of'] or one['once']}")
    return found


def _months(folded: str) -> set[int]:
    return {int(a or b) for a, b in _MONTH.findall(folded)}


def _measures(folded: str) -> set[tuple[str, str]]:
    """The numbers with a unit that a folded text holds: (unit, number)."""
    plain = _NUMBERED.sub(" ", folded)
    found = {(unit, value.lstrip("0")) for value, unit in _COUNTED.findall(plain) if not _NO_UNIT.fullmatch(unit)}
    for value, unit, before, number, share in _MEASURED.findall(folded):
        if before:
            found.add((f"{before} nao" if before in ("quy", "nam") else "hang", number))
        elif share:
            found.add(("%", share.lstrip("0")))
        else:
            found.add(("%" if unit == "phan tram" else unit, value.lstrip("0")))
    return found
