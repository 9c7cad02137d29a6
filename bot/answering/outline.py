"""The outline strategy: how many of something a stored directive has, and which, counted from its own units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import messages
from bot.answering.clarify import ask_back
from bot.answering.marks import marks
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence, first_line
from bot.answering.telling import telling
from bot.answering.units import first_sentence, items_of, main_part, units_named
from bot.question.question import Question
from bot.question.targets import named_places
from index.directive import Directive, Kind, Provision
from index.facts.records import Count
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, has_diacritics

_SURE = 0.95
_ASKED = re.compile(r"\b(?:may|bao nhieu|bn)\s+(?!phan tram|%)(?P<what>[^?.;]+)")
# "3 bước" gives the number itself and asks which.
_GIVEN = re.compile(r"\b(?P<number>\d{1,2}|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\s+(?P<what>(?!\d)[^?.;]+)")
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
# "những hạn chế nào" asks for every one of what is counted.
_WHICH = re.compile(r"\b(?:nhung|cac)\s+(?P<what>[^?.;]+?)\s+(?:nao|gi)\b")
# "Liệt kê đầu mục các nhóm giải pháp": the same without a word that asks.
_LISTED = re.compile(
    r"\b(?:liet ke|ke (?:ra|ten|het|lai)?|neu ten|neu (?:ra|het)|doc ten)\b.{0,20}?\b(?:cac|nhung)\s+(?P<what>[^?.;]+)"
)
# And a bare phrase: "Những chỉ tiêu của Nghệ An".
_BARE = re.compile(r"^\W*(?:cac|nhung)\s+(?P<what>[^?.;]+)\W*$")
_UNASKED = (_LISTED, _BARE)
# Other names of tasks.
_OTHER_NAMES = re.compile(r"^(?:dau viec|phan viec|cong viec|viec (?:phai|can) lam)\b")
# Before a number that a question takes for granted.
_CLAIMS = re.compile(
    r"\b(?:co|gom|chia(?: ra)?(?: thanh| lam)?|neu(?: du| ra)?|ke(?: du| ra)?|dat ra|dua ra|liet ke|la)"
    r"\s+(?:du |ca |dung )?(?:\d{1,2}|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\s+[a-z]"
)
# Units that nearly every text has: a question for them is about a document.
ORDINARY_UNITS = frozenset(
    {"muc", "diem", "dieu", "phan", "khoan", "chuong", "gach dau dong", "dau cong", "nhiem vu", "ve", "chu thich"}
)
# "Bị trừ bao nhiêu điểm" asks for a score, not for the points of a text.
_SCORED = re.compile(
    r"\b(?:tru|cong|cham|dat|phat|thuong)\b.{0,12}\b(?:may|bao nhieu|bn) diem\b"
    r"|\bdiem (?:so|thi dua|danh gia|phan tram)\b|\bcham diem\b|\bthang (?:diem|may|bao nhieu)\b"
)
_NOISE = re.compile(r"\b(?:chinh|lon|chu yeu|trong tam|cu the|tat ca|ca thay|tong cong|duoc|nao|ghi|neu|vay|danh so)\b")
# Beside a count, the names of what is counted; or the whole outline without a count.
_NAMES = re.compile(
    r"\b(?:ten|la gi|la nhung|gom|ke|liet ke|doc (?:het|du|ra|cho)|nhung gi|cu the la|do la"
    r"|noi (?:ve|gi|chuyen)|tung (?:phan|muc|dieu|nhom)|moi (?:phan|dieu|muc|nhom)|nao|nhung)\b"
)
_WHOLE = re.compile(
    r"\b(?:bo cuc|muc luc|de cuong(?! bao cao)|cau truc|ket cau|dan y)\b|\b(?:phan|muc|dieu|chuong) (?:lon|chinh) nao\b"
    r"|\b(?:gom|ke|liet ke|neu)(?: ra| ten)? (?:nhung|cac) (?:phan|muc|dieu|chuong)\b"
    r"|\b(?:co|gom|chia|la) (?:nhung|cac) (?:phan|muc|dieu|chuong)(?: lon| chinh)? nao\b"
)
# What is inside a unit that a question names.
_UNITS_OF = re.compile(
    r"\b(?:cac|nhung|ten|may|bao nhieu|liet ke) (?:ten )?(?:cac )?(?:dieu|khoan|muc|diem|tieu muc|de muc|muc con"
    r"|phan)\b"
    r".{0,20}\b(?:trong|cua|thuoc|o|tai) (?:chuong|phan|muc|dieu)\b"
)
_OF_PART = re.compile(
    r"\b(?<!may )(?<!nhieu )(?<!tung )(?<!moi )(?<!cac )(?<!nhung )(?<!\d )phan"
    r" (?!(?:lon|chinh|nao|mot|may|bao|tram|con|sau|dau|cuoi|la|gom|ten|co|noi|gi|thi|cua|trong|theo"
    r"|[ivx]+)\b)[a-z]{2,}"
)
_MOST = 12
_TOP = (Kind.SECTION, Kind.CHAPTER, Kind.ARTICLE, Kind.ITEM, Kind.HEADING)


class OutlineStrategy:
    """Answers "mấy điều, mấy nhóm giải pháp" of one directive; every counted unit is cited, to count again."""

    name = "outline"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant and its units of that name are counted just once."""
        folded = fold(question.cleaned)
        asked = _ASKED.search(folded)
        given = _given(folded, library) if asked is None else None
        if asked is None and given is None:
            asked = next(filter(None, (one.search(folded) for one in (_WHICH, *_UNASKED))), None)
        whole = _WHOLE.search(folded)
        if not (whole or asked or given) or question.cites or _SCORED.search(folded):
            return []
        chosen = directives_meant(question, library, filters, by_type=True)
        named = (asked or given or {"what": ""})["what"]
        what = " ".join(_NOISE.sub(" ", named).split())
        what = _OTHER_NAMES.sub("nhiem vu", what)
        counts = [
            one
            for directive in chosen
            for one in library.facts.counts
            if one.document_id == directive.id
            and _same(fold(one.what), what)
            and _is_given(one, given)
            and _is_written(one.what, question.cleaned)
        ]
        rare = [one for one in counts if fold(one.what) not in ORDINARY_UNITS]
        if len(chosen) > 1 and len({one.document_id for one in rare}) == 1:
            chosen, counts = [library.directive(rare[0].document_id)], rare
        if given and not counts:
            return self._wrong_number(question, library, chosen, what)
        if asked and asked.re in _UNASKED:
            counts = rare
        if asked and asked.re in (_WHICH, *_UNASKED):  # who asks which wants to read them
            counts = [one for one in counts if one.count is None or one.count <= _MOST]
        if len(chosen) == 1 and (below := self._below(question, folded, chosen[0])):
            return [below]
        if len(chosen) != 1:
            return ask_back(self.name, question, chosen) if counts or whole else []
        count = self._meant(question, library, chosen[0], counts)
        if count is not None:
            with_names = given is not None or whole is not None or _NAMES.search(folded) is not None
            bare = asked is not None and asked.re is _BARE
            return [self._counted(chosen[0], count, with_names or bare)]
        return self._whole(chosen[0]) if whole else []

    def _wrong_number(
        self, question: Question, library: Library, chosen: Sequence[Directive], what: str
    ) -> list[Candidate]:
        """The right number, with its items, where the question says that there are so many of something else."""
        counting = {
            one.document_id
            for one in library.facts.counts
            if one.count and _same(fold(one.what), what) and fold(one.what) not in ORDINARY_UNITS
        }
        if len(chosen) > 1:  # the one directive that counts such things
            chosen = [one for one in chosen if one.id in counting]
        if len(chosen) != 1 or not (_CLAIMS.search(fold(question.cleaned)) or chosen[0].id in counting):
            return []
        counts = [
            one
            for one in library.facts.counts
            if one.document_id == chosen[0].id and one.count and _same(fold(one.what), what)
        ]
        count = self._meant(question, library, chosen[0], counts)
        if count is None:
            return []
        right = self._counted(chosen[0], count, with_names=True)
        given = _given(fold(question.cleaned), library)
        if given and _number(given) == count.count:
            return [right]
        return [replace(right, text=messages.not_as_asked(right.text), status="corrected")]

    def _meant(
        self, question: Question, library: Library, directive: Directive, counts: Sequence[Count]
    ) -> Count | None:
        """Of the counts of that name: the one in the unit that is named, else the only one of the longest name, else
        that of the whole text, else the one whose unit holds most of the question."""
        if named := named_places(question.cleaned):
            counts = [
                one for one in counts if one.provision_id and _is_at(directive.provision(one.provision_id), named)
            ]
        elif _OF_PART.search(fold(question.cleaned)):  # of a part named by what it is about
            counts = [one for one in counts if _is_spoken_of(one, question, library, directive)]
        longest = max((len(one.what) for one in counts), default=0)
        best = [one for one in counts if len(one.what) == longest]
        if len(best) < 2:
            return best[0] if best else None
        if top := [one for one in best if one.provision_id is None]:
            return top[0]
        told = telling(question, library)
        headings = [directive.provision(one.provision_id).heading for one in best if one.provision_id]
        shares = [told.share(heading.of(directive.text)) if heading else 0.0 for heading in headings]
        most = max(shares)
        if most == 0:  # of the decision and what is attached to it, the text itself is meant
            return max(best, key=lambda one: one.count or 0) if any(one.count for one in best) else None
        return best[shares.index(most)] if most > 0 and shares.count(most) == 1 else None

    def _counted(self, directive: Directive, count: Count, with_names: bool) -> Candidate:
        if count.count is None:
            undivided = first_line(directive, count.spans[0])
            return Candidate(self.name, messages.not_countable(count.what), (undivided,), None, _SURE, "not_found")
        evidence = tuple(first_line(directive, span) for span in count.spans)
        head = messages.counted(count.count, count.what)
        if with_names and count.count <= _MOST:
            lines = messages.listed([one.span.of(directive.text) for one in evidence])
            return Candidate(self.name, "\n".join([head, *lines]), evidence, "derived", _SURE)
        return Candidate(self.name, f"{head} {marks(len(evidence))}", evidence, "derived", _SURE)

    def _below(self, question: Question, folded: str, directive: Directive) -> Candidate | None:
        """The units inside the one that is named by its label ("tên các điều trong Chương I")."""
        named = units_named(directive, named_places(question.cleaned))
        if len(named) != 1 or not _UNITS_OF.search(folded) or not named[0].children:
            return None
        evidence = items_of(directive, named[0])
        lines = messages.listed([one.span.of(directive.text) for one in evidence])
        return Candidate(self.name, "\n".join(lines), evidence, "text", _SURE) if evidence else None

    def _whole(self, directive: Directive) -> list[Candidate]:
        """The headings of the main units, in their order."""
        units = _main_units(directive)[:_MOST]
        if len(units) < 2:
            return []
        evidence = tuple(Evidence(directive, unit, first_sentence(directive, unit)) for unit in units)
        lines = messages.listed([one.span.of(directive.text) for one in evidence])
        return [Candidate(self.name, "\n".join(lines), evidence, "text", _SURE)]


def _main_units(directive: Directive) -> list[Provision]:
    """The units of the highest level: of the attached text where there is one."""
    return [one for one in main_part(directive) if one.kind in _TOP]


def _is_written(what: str, text: str) -> bool:
    """Whether a short name is written with its own marks in a question that has marks: "số mấy về" counts no "vế"."""
    return (
        len(what) > _SHORT or not has_diacritics(text) or re.search(rf"(?<!\w){what}(?!\w)", text.lower()) is not None
    )


_SHORT = 3  # letters


def _given(folded: str, library: Library) -> re.Match[str] | None:
    """The number with the name of something that a stored directive counts, of all numbers in a question."""
    names = {fold(one.what) for one in library.facts.counts}
    found = _GIVEN.finditer(folded)
    starts = (_GIVEN.match(folded, match.start()) for match in re.finditer(r"\b\w+", folded))
    named = [one for one in (*found, *starts) if one and any(_same(name, one["what"]) for name in names)]
    return named[0] if named else None


def _is_given(count: Count, given: re.Match[str] | None) -> bool:
    """Whether a count is the number that the question gives, where it gives one; only rare units are known by it."""
    if given is None:
        return True
    return count.count == _number(given) and fold(count.what) not in ORDINARY_UNITS


def _number(given: re.Match[str]) -> int:
    number = given["number"]
    return int(number) if number.isdigit() else _NUMBERS[number]


def _is_spoken_of(count: Count, question: Question, library: Library, directive: Directive) -> bool:
    """Whether the heading of the unit that is counted in says something of what the question does."""
    heading = directive.provision(count.provision_id).heading if count.provision_id else None
    return heading is not None and telling(question, library).share(heading.of(directive.text)) > 0


def _is_at(provision: Provision, named: Sequence[str]) -> bool:
    address = [fold(level) for level in provision.address]
    return bool(address) and address[-1] in named


def _same(counted: str, asked: str) -> bool:
    """Whether what is counted is what is asked: "nhom giai phap" for "nhom giai phap de an da nang dua ra"."""
    plain = re.sub(r"\s*\([^)]*\)", "", counted)
    names = {plain, plain.removeprefix("nhom "), plain.replace(", ", " va "), *plain.split(", ")}
    if plain.startswith("nhom "):
        names |= {f"nhom {name}" for name in plain.split(", ")}
    # A unit that nearly every text has is meant only where nothing else is said of it: not in "mấy phần dân".
    ends = _PLAIN_END if plain in ORDINARY_UNITS else r"\b"
    return any(re.match(rf"{re.escape(name)}{ends}", asked) for name in names if name)


_PLAIN_END = (
    r"(?:\s*[^\w\s]|\s*$|\s+(?:lon|chinh|nao|gi|la|va|cua|trong|thi|o|theo|duoc|ca|tat ca|noi|ten|tong|vay|the|nay"
    r"|do)\b)"
)
