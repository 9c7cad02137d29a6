"""What kind of thing a question asks for, and whether a sentence holds one: a near miss has the words, not the fact."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answering.asked import asks_for_a_document, asks_yes_no
from index.normalise.keys import CAPITALS, fold, syllables

_PERCENT = re.compile(
    r"\b(?:bao nhieu|bn|may)\s*(?:%|phan tram)|\bbao nhieu phan (?:dan|nguoi|ho|so|can bo|xa|phuong|doanh nghiep)\b"
    r"|\bphan tram\b|\bwhat (?:share|percent\w*)\b"
)
# A share, unless somebody wants to know only whether it is spoken of.
_SHARE = re.compile(r"\bt[yi] le\b")
_COUNTED = re.compile(
    r"\b(?<!thang )(?<!ngay )(?<!quy )(?<!so )(?P<word>bao nhieu|bn|may)\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?)"
)
# "Mấy mô hình … bị chê ở điểm gì": before another word that asks, and in a yes-no question, "mấy" is a plural.
_ASKS_ELSE = re.compile(r"\b(?:gi|nao|sao|ai|dau)\b")
_NUMBER_ASKED = re.compile(r"\b(?:(?P<noun>[a-z]+) )?so (?:hieu )?(?:may|bao nhieu|bn)\b")
# Forms, tables, annexes go by a number of their own.
_NUMBERED = frozenset({"bieu", "mau", "bang", "luc", "phieu", "hinh", "trang"})
# Parts of a saying: they are counted by reading it.
_PARTS = frozenset({"y", "ve", "cau", "cum", "chu"})
# Words behind "mấy", "bao nhiêu" that count nothing by themselves: what is counted stands elsewhere.
_NO_UNIT = frozenset(
    {"la", "thi", "duoc", "phai", "trong", "cua", "o", "theo", "de", "va", "nguoi", "vay", "the", "do", "so", "diem"}
)
# Whatever else it asks: "có phải đợi mấy ngày … không".
_YES_OR_NO = re.compile(r"\b(?:co|duoc|phai|can|da)\b.*\b(?:khong|ko|hay chua)\W*$")
_RANK = re.compile(r"\b(?:top|hang|thu|vi tri|nhom) (?:may|bao nhieu|bn)\b")
# "Cấp mấy", "mức mấy" ask which, not how many.
_ORDINAL = re.compile(r"\b(?P<noun>cap do|cap|muc do|muc|loai|hang|khoa|ky) (?:thu )?may\b")
# Words that count the same.
_SAME_COUNT = (
    frozenset({"lan", "luot", "dip", "ky", "dot", "ban", "phen"}),
    frozenset({"lop", "khoa"}),
    frozenset({"cuoc", "buoi"}),
)
_SCALE = re.compile(r"\bthang (?:bao nhieu|may|bn) diem\b|\bthang diem\b")
_MONEY = re.compile(
    r"\b(?:bao nhieu|bn|may) (?:tien|trieu|dong(?! chi)|ty|tram|chuc|nghin|ngan)\b"
    r"|\b(?:kinh phi|ngan sach|phu cap|luong|tro cap|nhuan but|le phi|muc phat|tien)\b"
    r".*\b(?:bao nhieu|bn|muc nao|nguon nao|lay tu|o dau)\b"
    r"|\bngan sach nao\b"
    r"|\b(?:thuong|phat|chi|cap|ton)\b.{0,12}\b(?:bao nhieu|bn)\b(?! (?:tap the|ca nhan|%|nguoi|lan))"
)
# What is asked about by these words is not told by a sentence without them.
_SUMS = re.compile(r"\b(?:kinh phi|phu cap|tro cap|tien luong|tien thuong|xu phat|phat tien|nhuan but|le phi)\b")
_SUM = re.compile(r"\d[\d.,]*\s*(?:dong|trieu|ty|nghin|ngan|vnd)\b|\bmuc luong co so\b")
_WHERE_MONEY = re.compile(r"\b(?:nguon nao|lay tu|o dau|ngan sach nao)\b")

# Behind "tháng mấy": the end, or a word that is no noun ("năm mấy lớp" asks for classes).
_ENDS = r"(?!\s+(?!hang|trong|vay|thi|cua|a\b|the|nhi|roi|ha\b|phai)[a-z])"
_DAY = re.compile(rf"\b(?:ngay nao|ngay (?:may|bao nhieu|bn){_ENDS}|truoc ngay|mong may)\b")
_MONTH = re.compile(rf"\b(?:thang nao|thang may{_ENDS})\b")
_QUARTER = re.compile(r"\bquy (?:nao|may)\b")
_YEAR_ASKED = re.compile(rf"\b(?:nam nao|nam may{_ENDS})\b")
_WHEN = re.compile(
    r"\b(?:khi nao|luc nao|hoi nao|bao gio|han (?:nop|chot|cuoi|gui|bao cao)|thoi han|cham nhat"
    r"|thoi diem nao|thoi gian nao|when|deadline)\b"
)
_HAS_DAY = re.compile(r"\bngay \d|(?<!\d)\d{1,2}[/.-]\d{1,2}(?!\d)|\bmong \d|\bngay (?:lam viec|cuoi|dau)")
_HAS_MONTH = re.compile(rf"{_HAS_DAY.pattern}|\bthang \d|\bhang thang\b")
_HAS_QUARTER = re.compile(r"\bquy (?:[ivx]+|\d)|\bhang quy\b")
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\bhang nam\b")
_TIME = re.compile(
    rf"{_HAS_MONTH.pattern}|{_HAS_QUARTER.pattern}|\b(?:19|20)\d\d\b|\bhang (?:nam|quy|thang|tuan)"
    r"|\btruoc khi\b|\bsau khi\b"
    r"|\bke tu\b|\bthuong xuyen\b|\bdinh ky\b|\btrong thoi gian\b|\bkhi dang\b|\bngay tu khi\b"
    r"|\bnhiem ky\b|\bgiai doan\b|\btuan (?:dau|cuoi|thu|le)\b|\bthang (?:thu|dau|cuoi)\b"
)
YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
_HALF_YEAR = re.compile(r"\b(?:6|sau) thang\b|\bnua (?:dau|cuoi)? ?nam\b")
_SANCTION_ASKED = re.compile(
    r"\b(?:bi xu ly|ky luat|phat|che tai)\b.{0,24}\b(?:the nao|ra sao|gi|sao|bao nhieu|khong)\b"
    r"|\b(?:cach chuc|khien trach|canh cao)\b"
)
# "Xử lý thế nào" asks for a sanction only where somebody has done wrong.
_DEALT_WITH = re.compile(r"\bxu ly\b.{0,24}\b(?:the nao|ra sao|gi|sao|bao nhieu|khong)\b")
_WRONG = re.compile(
    r"\b(?:vi pham|sai pham|lam sai|lam trai|lo la|thieu trach nhiem|nhung nhieu|tham nhung|cham|tre)\b"
    r"|\b(?:nguoi|can bo|cong chuc|co quan|don vi|noi|xa|phuong|ai|ma)\b.{0,30}\bkhong (?:\w+ ){0,2}?"
    r"(?:bao cao|thuc hien|lam|nop|chap hanh|hoan thanh|dat)\b"
)
# Who names sanctions asks which.
_NAMED_SANCTION = re.compile(r"\b(?:cach chuc|khien trach|canh cao|buoc thoi viec|khai tru)\b")
_SANCTION = re.compile(r"\b(?:xu ly|ky luat|phat|che tai|chiu trach nhiem|cach chuc|khien trach|kiem diem|canh cao)\b")
_HOW_OFTEN = re.compile(
    r"\bbao lau (?:thi )?(?:1|mot|phai)?\s?(?:mot )?lan\b|\b(?:may|bao nhieu) (?:thang|quy|nam|tuan|ngay)\b"
    r".{0,40}\b(?:1|mot) lan\b"
)
_OFTEN = re.compile(
    r"\b(?:hang|moi) (?:ngay|tuan|thang|quy|nam)\b|\bdinh ky\b|\bthuong xuyen\b|\blan\b|/(?:nam|thang|quy)\b"
)
_HOW_LONG = re.compile(
    r"\b(?:trong|mat|keo dai|nhiem ky|toi da|toi thieu|het|cho|truoc|sau) (?:la )?bao lau\b(?! (?:mot|1) lan)"
)
_LENGTH = re.compile(
    r"\b(?:\d+|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) (?:(?:ngay|gio) lam viec|gio|phut|ngay|tuan|thang|quy|nam)\b"
    r"|\bnhiem ky\b|\bgiai doan\b|\d{4} ?[-–] ?\d{4}"
)
_REASON = re.compile(r"\b(?:vi sao|tai sao|vi dau|do dau|ly do|nguyen nhan|why)\b")
_CAUSE = re.compile(r"\b(?:do|vi|boi|nguyen nhan|nham|de|xuat phat tu|chua|thieu|can cu)\b")
# "Phó" before an office is another office.
_DEPUTY = re.compile(r"\bpho (?:truong|chu tich|bi thu|giam doc|thu truong|chu nhiem)\b")
_PHONE = re.compile(r"\b(?:so dien thoai|sdt|hotline|duong day nong|so may ban)\b")
_CONTACT = re.compile(
    r"\b(?:(?:nam |o )(?:duong|pho) nao|email|e-mail|hop thu|website|trang web|dia chi|facebook|zalo)\b"
)
# Who signed is told by a name, or by a word for it.
_SIGNER = re.compile(r"\b(?:ai|nguoi|ong nao|ba nao|dong chi nao)(?: la nguoi| nao)?(?: da| duoc)? (?:dat but )?ky\b")
# Names of people are asked for by "tên là gì", "họ tên"; an office by "ai làm", "là ai".
_NAME_ASKED = re.compile(
    r"\b(?:ho (?:va )?ten|ten (?:la )?gi|ten gi|quy danh)\b|\bten (?:\w+ ){1,12}?la (?:nhung )?ai\b"
)
_HOLDER = re.compile(
    r"\b(?:ai|dong chi nao|nguoi nao)\s+(?:se |duoc )?(?:la|lam|giu chuc|giu|dam nhiem|dang lam)\s+"
    r"(?P<a>(?:pho )?(?:truong|chu tich|bi thu|giam doc|thu truong|chanh|to truong)\b[^,?]*)"
    r"|(?P<b>\b(?:pho )?(?:truong|chu tich|bi thu|giam doc|thu truong|chanh|to truong)\b[^,?]*?)"
    r"\s+(?:la ai|la nguoi nao|ten)\b"
)
_PERSON = re.compile(rf"(?<!\w)[{CAPITALS}]\w+(?: [{CAPITALS}]\w+){{2,3}}(?!\w)")


def fits(question: str, sentence: str, document_years: frozenset[str], above: str = "") -> bool:
    """Whether a sentence can answer a question: a share, a count of what is counted, a sum of money, a day, month,
    quarter or year, a cause, an address, the holder of the very office, the year that is named.

    Years of the directive itself ("Chỉ thị năm 2016") are not asked of the sentence; others may stand in what is
    `above` it ("Đến năm 2025 phấn đấu:").
    """
    asked, said = _folded(question), fold(sentence)
    return (
        _fits_number(asked, said)
        and _fits_time(asked, said)
        and _fits_person(asked, said, sentence)
        and _fits_contact(asked, said)
        and (not _REASON.search(asked) or _CAUSE.search(said) is not None)
        and (not _asks_sanction(asked) or _SANCTION.search(said) is not None)
        and (not _NAMED_SANCTION.search(asked) or _NAMED_SANCTION.search(said) is not None)
        and all(re.search(rf"\b{kind}\b", said) for kind in _KIND_OF_BODY.findall(asked))
        and _names_a_type(asked, f"{fold(above)} {said}")
        and (not _PARTS_ASKED.search(asked) or _lists(said))
        and all(_says_counted(number, noun, f"{fold(above)} {said}") for number, noun in _COUNTED_TERM.findall(asked))
        and (not _DAY_MEANT.search(asked) or bool(days_in(asked) & days_in(said)))
        and _has_years(set(YEAR.findall(asked)) - document_years, asked, f"{said} {above}")
    )


# "Ngày 15/10 có ý nghĩa gì" is told by what speaks of that day.
_DAY_MEANT = re.compile(
    r"\bngay \d{1,2}(?:[/.-]| thang )\d{1,2}\b.{0,20}\b(?:y nghia|la ngay gi|ngay gi|dip gi|ky niem)\b"
)
_DATE = re.compile(r"\b(?:ngay\s+)?(\d{1,2})[/.-](\d{1,2})(?![\d.])|\b(\d{1,2}) thang (\d{1,2})\b")


def days_in(folded: str) -> set[tuple[int, int]]:
    """The days that a folded text gives: (day, month)."""
    return {(int(a or c), int(b or d)) for a, b, c, d in _DATE.findall(folded)}


def _has_years(years: set[str], asked: str, text: str) -> bool:
    """Whether a text tells all these years, ends of periods too; in dates only where a document is asked for."""
    if not years:
        return True
    told = _ANY_YEAR.findall(text) if asks_for_a_document(asked) else [*YEAR.findall(text), *_PERIOD.findall(text)]
    return years <= set(told)


_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PERIOD = re.compile(r"(?<![\d/.-])\d{4}\s?[-–]\s?((?:19|20)\d\d)(?!\d)")


@lru_cache(maxsize=64)  # asked once for every sentence
def _folded(question: str) -> str:
    """A question without diacritics, in which a machine ("bộ máy") is no "mấy"."""
    return fold(_MACHINE.sub("may_", question))


# A question typed without diacritics may have been read as "máy mô hình": alone it is no machine.
_MACHINE = re.compile(r"(?<=\b[Bb]ộ )máy\b|\b[Mm]áy(?= (?:móc|tính|chủ|in|ảnh|bay|điện)\b)")


def _asks_sanction(asked: str) -> bool:
    if _SANCTION_ASKED.search(asked):
        return True
    return _DEALT_WITH.search(asked) is not None and _WRONG.search(asked) is not None


def shortfalls(question: str, sentence: str, above: str) -> tuple[float, float]:
    """What a sentence may be short of, each 0 or 1: the noun that is asked for ("bút danh gì"), and words that explain
    where a meaning is asked for.

    Each is a sign, no proof: `bot.answering.confidence` weighs them.
    """
    asked, said, around = fold(question), fold(sentence), fold(above)
    nouns = [_noun(first, last) for first, last in _NOUN_ASKED.findall(asked) if not _OPEN_NOUN.fullmatch(last)]
    spoken = " ".join(syllables(f"{said} {around}"))
    lacks_noun = bool(nouns) and not any(f" {noun} " in f" {spoken} " for noun in nouns)
    lacks_meaning = _MEANING_ASKED.search(asked) is not None and not _EXPLAINS.search(said)
    return float(lacks_noun), float(lacks_meaning)


# "4 an là gì": what goes by its number is told only where the number and the word stand together.
_COUNTED_TERM = re.compile(r"(?<![\w/.-])(\d{1,2}) ([a-z]+)[\"”’']? (?:la gi|la nhung gi|nghia la gi)\b")
_SPELLED = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")


# "Sở nào", "phòng nào" is a body of that kind.
_KIND_OF_BODY = re.compile(r"\b(so|phong|chi cuc|cuc|hoi) nao\b")
# "Gồm những tiêu chí nào", "gồm các bước nào": told by naming several.
_PARTS_ASKED = re.compile(r"\bgom (?:nhung|cac|may) (?:[a-z]+ ){1,2}(?:nao|gi)\b")


def _names_a_type(asked: str, said: str) -> bool:
    """Whether a text names a document of the type that is asked for ("nghị định nào"), where one is."""
    return all(re.search(rf"\b{kind}\b", said) for kind in _TYPE_ASKED.findall(asked))


# Those whose names are no ordinary words.
_TYPE_ASKED = re.compile(
    r"\b(phap lenh|nghi dinh|thong tu|chi thi|nghi quyet|ket luan) (?:nao|so may|so bao nhieu|so nao)\b"
)


def _lists(said: str) -> bool:
    return ":" in said or len(re.findall(r"[,;]|\bva\b|\bbuoc \d", said)) >= _SEVERAL


_SEVERAL = 2


def _says_counted(number: str, noun: str, said: str) -> bool:
    value = int(number)
    spelled = rf"|{_SPELLED[value]}" if value < len(_SPELLED) else ""
    return re.search(rf"(?<!\w)(?:0?{value}{spelled}) {noun}(?!\w)", said) is not None


# The noun before "nào" or "gì"; those that ask for anything, anybody or any time tell nothing.
_NOUN_ASKED = re.compile(r"\b([a-z]+) ([a-z]+) (?:nao|gi)\b")
_OPEN_NOUN = re.compile(
    r"la|lam|cai|dieu|viec|noi|dung|thu|khi|luc|ngay|thang|nam|quy|ai|the|cach|cho|nhu|quan|vi|ban|cap|nganh|so|nguoi"
    r"|doi|tuong|bo|phan|tinh|ve|co|can|phai|nhung|cac|gom|yeu|cau|vu|phap|trach|nhiem|biet|giao|chuc|kien|thuc|khac"
    r"|hien|chi|neu|ghi|noi|them|huong|gi|nao|con|va|nua|theo|o|bang|de|do|bi|duoc|den|cua|van|dinh|quyet|thi|nghi"
)
_MEANING_ASKED = re.compile(
    r"\b(?:la gi|nghia la|co nghia|the nao la|duoc hieu|giai thich|dinh nghia|nghia gi|khai niem)\b"
)
_EXPLAINS = re.compile(r"\b(?:la|nghia la|duoc hieu|duoc goi|gom|bao gom|cu the)\b|[(:]")


def _noun(first: str, last: str) -> str:
    """A noun of two syllables, or the second alone behind a word that only counts or joins."""
    return last if _OPEN_NOUN.fullmatch(first) or first in _COUNTS_OR_JOINS else f"{first} {last}"


_COUNTS_OR_JOINS = frozenset({"may", "mot", "hai", "ba", "bon", "ra", "nhan", "mo", "dat", "dua", "dung", "ky", "dang"})


def _fits_number(asked: str, said: str) -> bool:
    if any(noun not in said for noun in _SUMS.findall(asked)):
        return False
    if _PERCENT.search(asked) or (_SHARE.search(asked) and not asks_yes_no(asked)):
        return re.search(r"\d\s?%", said) is not None
    if _MONEY.search(asked):
        if _WHERE_MONEY.search(asked):
            return re.search(r"\b(?:kinh phi|nguon von|nguon ngan sach)\b", said) is not None
        return _SUM.search(said) is not None
    if _SCALE.search(asked):
        return re.search(r"\b\d+ diem\b", said) is not None
    if ordinal := _ORDINAL.search(asked):
        return re.search(rf"\b{ordinal['noun']}\s+(?:do\s+)?(?:\d|[ivx]+\b)", said) is not None
    if _RANK.search(asked):
        return re.search(r"\b(?:top|hang|nhom|thu|vi tri)\s+\d", said) is not None
    if (numbered := _NUMBER_ASKED.search(asked)) and not _holds_number(numbered["noun"] or "", said):
        return False
    counted = _COUNTED.search(asked)
    if counted is None or _HOW_OFTEN.search(asked):
        return True
    if counted["word"] == "may" and (_ASKS_ELSE.search(asked, counted.end("word")) or _YES_OR_NO.search(asked)):
        return True
    return _holds_count(counted["unit"], said)


def _fits_time(asked: str, said: str) -> bool:
    if _HOW_OFTEN.search(asked):
        return _OFTEN.search(said) is not None
    if _HOW_LONG.search(asked):
        return _LENGTH.search(said) is not None
    if _HALF_YEAR.search(asked) and not _HALF_YEAR.search(said):
        return False
    for wanted, held in (
        (_DAY, _HAS_DAY),
        (_MONTH, _HAS_MONTH),
        (_QUARTER, _HAS_QUARTER),
        (_YEAR_ASKED, _HAS_YEAR),
        (_WHEN, _TIME),
    ):
        if wanted.search(asked):
            return held.search(said) is not None
    return True


def _fits_person(asked: str, said: str, sentence: str) -> bool:
    if any(office not in said for office in _DEPUTY.findall(asked)):
        return False
    if _SIGNER.search(asked):
        return _PERSON.search(sentence) is not None or re.search(r"\bky\b(?! ket| luat| niem| nang)", said) is not None
    if _NAME_ASKED.search(asked) and re.search(r"\b(?:ai|truong|chu tich|bi thu|giam doc|ong|ba|dong chi)\b", asked):
        return _PERSON.search(sentence) is not None
    holder = _HOLDER.search(asked)
    if holder is None:
        return True
    # The office with the first words of what it is of: "truong ban chi dao", "giam doc so noi vu".
    office = " ".join((holder["a"] or holder["b"]).split()[:4])
    return any(" ".join(office.split()[:n]) in said for n in (4, 3)) if office else True


def _fits_contact(asked: str, said: str) -> bool:
    if _PHONE.search(asked):
        return re.search(r"\d[\d .]{6,}\d", said) is not None
    if _CONTACT.search(asked):
        return re.search(r"@|www|http|\b(?:so|duong|pho) \d|\bdia chi\b", said) is not None
    return True


def _holds_number(noun: str, said: str) -> bool:
    """Whether a number stands in a sentence; of a form or a table, beside that word."""
    beside = rf"\b{noun} (?:so )?" if noun in _NUMBERED else ""
    return re.search(rf"{beside}\d", said) is not None


def _holds_count(unit: str, said: str) -> bool:
    """Whether a number stands before the unit ("2 lớp", "01 mô hình"), or "n bước" is told by its numbered parts."""
    first = unit.split(maxsplit=1)[0]
    if first in _NO_UNIT:
        return bool(re.search(r"\d", said))
    if first in _PARTS and said.count(",") > 1:
        return True
    same = "|".join(sorted(next((group for group in _SAME_COUNT if first in group), {first})))
    return re.search(rf"(?<!thang )(?<!ngay )(?<!/)\b\d+(?:\s?-\s?\d+)?\s+(?:\w+\s+)?(?:{same})\b", said) is not None
