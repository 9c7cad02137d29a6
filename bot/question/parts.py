"""One question on several provinces, taken apart into a question on each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.normalise.keys import fold_aligned, syllables

# Read without diacritics: what joins the places that are compared …
_JOINS = r"(?:,|;|\b(?:so voi|voi|va|hay|hoac|cung|cua|o|tai)\b)"
_JOINED = re.compile(r"[,;]|\b(?:va|voi|hay|hoac|cung|con|thi|khac|giong)\b")
_FARTHEST = 6  # words between two places that are joined
# … what stands before a place and belongs to it …
_KIND = r"(?:(?:tinh|thanh pho|tp|tinh uy|thanh uy|ubnd|uy ban nhan dan) )*"
# … and the words that only compare.
_DIFFERENT = re.compile(r"\b(?:khac|giong|chenh|lech)\b.*?(?P<where>(?:\bo )?\b(?:cho|diem|chu|tu) nao)\W*$")
_HOW_DIFFERENT = r"the nao|o cho nao|cho nao|o diem nao|diem nao|o chu nao|chu nao|o tu nao|tu nao|ra sao|gi|khong|ko|k"
_COMPARES = (  # `{places}` stands for those of a question
    r"\bso sanh(?: giup)?(?!\w)|\bso giup\b|\blan luot\b|\bso(?: voi)?(?= (?:{places}))"
    rf"|\b(?:co )?(?:khac|giong|chenh|lech|khop|trung)(?: y het| gi| biet)? nhau(?: (?:{_HOW_DIFFERENT}))?(?!\w)"
    rf"|\b(?:co )?(?:khac|chenh|lech|khop)(?: biet)? (?:{_HOW_DIFFERENT})(?!\w)"
    r"|\b(?:cua |o |tai )?(?:tung|moi|hai|ca hai|ba) (?:noi|ben|tinh|dia phuong)\b|\b(?:noi|thi) sao\b"
    r"|\b(?:hai|ca hai|ba|ca ba)(?= van ban\b)"
)
# Between what is asked of one place and what is asked of the next.
_BREAK = re.compile(r"[,;:?]|\b(?:con|trong khi)\b")
# Behind these begins what is asked of the first place alone; what stands before is asked of all.
_HEAD = re.compile(r"[,;:]|\bthi\b")
_ASKS = re.compile(r"\b(?:nao|gi|ai|dau|may|bao nhieu|bn|sao|bao gio|the nao|khong)\b")
# "Thì sao", "nói sao" ask of the next place what was asked of the first.
_SAME_AGAIN = re.compile(r"\b(?:thi|noi|ra) (?:lam )?sao\b|\bthe nao\b")
_LEAST_SAID = 2  # syllables beside the place, the word that asks and these
_SAYS_NOTHING = re.compile(r"\b(?:thi|la|cua|o|tai|con|cho|cap|duoc|phai)\b")
# "Một bên … khi nào, một bên … ngày nào": in the order of the places.
_SIDE = re.compile(r"\b(?:mot (?:ben|noi|dang)|ben (?:nay|kia)|noi (?:nay|kia))\b")
# Which is more, later: each place is asked how much, when.
_WHICH_ONE = r"\b(?:ben|noi|tinh|thanh pho|dia phuong|van ban|cho|dau|ai|cai) nao\b(?P<said>.*?)"
_TIMES, _AMOUNTS = r"\b(?:som|muon|truoc|sau|cham) ", r"\b(?:cao|thap|nhieu|it|lon|nho) (?P<what>(?:\w+ ){0,4}?)"
_MORE = (
    (re.compile(rf"{_WHICH_ONE}{_TIMES}(?:hon|nhat)\b"), "khi nào"),
    (re.compile(rf"{_WHICH_ONE}{_AMOUNTS}(?:hon|nhat)\b"), "bao nhiêu"),
    (re.compile(rf"{_TIMES}hon\b"), "khi nào"),
    (re.compile(rf"{_AMOUNTS}hon\b"), "bao nhiêu"),
)
_ONE_AND_THE_SAME = re.compile(
    r"\b(?:co )?(?:phai )?(?:la )?(?:cung|chung) (?:mot )?(?P<what>cai|van ban|quyet dinh|chi thi|nghi quyet|quy che"
    r"|quy dinh|ket luan|ngay|nguoi|co quan)\b(?: voi)?(?P<rest>.*?)\b(?:khong|ko|hong)\W*$"
)


def questions_on(provinces: Sequence[str], text: str) -> list[str]:
    """For each of the provinces that a question names, in their order, the question on it alone.

    What is asked of one place only is not asked of the others; where all are asked the same, the words that compare
    are left out.

    >>> questions_on(["Nghệ An", "Phú Yên"], "Hạn báo cáo: Nghệ An là khi nào, còn Phú Yên gửi cho ai?")
    ['Hạn báo cáo: Nghệ An là khi nào', 'Hạn báo cáo: Phú Yên gửi cho ai']
    """
    own = _of_sides(provinces, text) or _of_clauses(provinces, text)
    return own or [_question_on(province, provinces, text) for province in provinces]


def _question_on(province: str, provinces: Sequence[str], text: str) -> str:
    """The question with only one of the provinces that it names, and without the words that compare.

    >>> _question_on("Phú Yên", ["Nghệ An", "Phú Yên"], "So sánh mức hài lòng ở Nghệ An và Phú Yên")
    'mức hài lòng ở Phú Yên'
    """
    folded = fold_aligned(text).lower()
    kept = [True] * len(text)
    places = _places(provinces, folded) or []
    for start, end in _other_places(province, places, folded):
        kept[start:end] = [False] * (end - start)
    names = "|".join(re.escape(fold_aligned(one).lower()) for one in provinces)
    for match in re.finditer(_COMPARES.replace("{places}", _KIND + f"(?:{names})"), folded):
        kept[match.start() : match.end()] = [False] * (match.end() - match.start())
    if different := _DIFFERENT.search(folded):
        kept[different.start("where") :] = [False] * (len(text) - different.start("where"))
    for match in re.finditer(rf"\b{re.escape(fold_aligned(province).lower())}\b", folded):
        kept[match.start() : match.end()] = [True] * (match.end() - match.start())  # "Tĩnh" of "Hà Tĩnh" joins nothing
    return _of_one(_plain("".join(c if keep else " " for c, keep in zip(text, kept, strict=True))))


def _other_places(province: str, places: Sequence[tuple[int, int, str]], folded: str) -> Iterator[tuple[int, int]]:
    """What is left out for one place: the places joined to it with what stands between, and the others alone."""
    at = next((number for number, (_, _, name) in enumerate(places) if name == province), None)
    if at is None:
        return
    first, last = at, at
    while first and _are_joined(folded[places[first - 1][1] : places[first][0]]):
        first -= 1
    while last + 1 < len(places) and _are_joined(folded[places[last][1] : places[last + 1][0]]):
        last += 1
    yield places[first][0], places[at][0]
    yield places[at][1], places[last][1]
    for _, _, name in (*places[:first], *places[last + 1 :]):
        for match in re.finditer(rf"(?:{_JOINS}\s*)*{_KIND}\b{re.escape(fold_aligned(name).lower())}\b", folded):
            yield match.span()


def _are_joined(between: str) -> bool:
    return len(between.split()) <= _FARTHEST and _JOINED.search(between) is not None


def _of_one(text: str) -> str:
    """A question which of several is more, or whether they are the same, as it is asked of one."""
    folded = fold_aligned(text).lower()
    if same := _ONE_AND_THE_SAME.search(folded):
        what = text[slice(*same.span("what"))]
        named = "văn bản" if fold_aligned(what).lower() == "cai" else what
        return _plain(f"{text[: same.start()]} {text[slice(*same.span('rest'))]} là {named} nào")
    for pattern, asks in _MORE:
        if more := pattern.search(folded):
            said, what = (
                text[slice(*more.span(name))] if more.groupdict().get(name) else "" for name in ("said", "what")
            )
            return _plain(f"{text[: more.start()]} {said} {asks} {what} {text[more.end() :]}")
    return text


def _of_clauses(provinces: Sequence[str], text: str) -> list[str] | None:
    """Each place's own clause behind what is asked of all; None where a clause asks nothing by itself."""
    folded = fold_aligned(text).lower()
    places = _places(provinces, folded)
    if places is None:
        return None
    cuts = [_first_cut(folded, places[0][0])]
    for (_, end, _), (start, _, _) in pairwise(places):
        breaks = list(_BREAK.finditer(folded, end, start))
        if not breaks:
            return None
        cuts.append(breaks[-1].end())
    head = text[: cuts[0]].strip()
    ends = [*cuts[1:], len(text)]
    clauses = [(text[start:end], name) for (_, _, name), start, end in zip(places, cuts, ends, strict=True)]
    if not all(_ASKS.search(_SAME_AGAIN.sub(" ", fold_aligned(clause).lower())) for clause, _ in clauses):
        return None
    said = [_said(clause, name) for clause, name in clauses]
    fullest = max(range(len(said)), key=lambda at: len(said[at]))
    parts = {}
    for (clause, name), own in zip(clauses, said, strict=True):
        elliptic = own <= said[fullest]  # what is left out is as for the other place
        if len(said[fullest] if elliptic else own) + len(syllables(head)) < _LEAST_SAID:
            return None
        whole = _with_place(*clauses[fullest], name, clause) if elliptic else clause
        parts[name] = _plain(f"{head} {_ends(whole)}")
    return [parts[province] for province in provinces]


def _said(clause: str, place: str) -> set[str]:
    """What a clause says beside its place and the words that ask."""
    folded = _BREAK.sub(" ", fold_aligned(clause).lower()).replace(fold_aligned(place).lower(), " ")
    return set(syllables(_SAYS_NOTHING.sub(" ", _ASKS.sub(" ", folded))))


def _with_place(clause: str, place: str, other: str, its_clause: str) -> str:
    """A clause with another place, as that is written in its own clause."""
    named = re.search(_place(other), fold_aligned(its_clause).lower())
    written = its_clause[slice(*named.span())] if named else other
    stands = re.search(_place(place), fold_aligned(clause).lower())
    return f"{clause[: stands.start()]}{written}{clause[stands.end() :]}" if stands else clause


def _of_sides(provinces: Sequence[str], text: str) -> list[str] | None:
    """What is asked of one side, of the other, in the order in which the places are named before."""
    folded = fold_aligned(text).lower()
    places = _places(provinces, folded)
    sides = list(_SIDE.finditer(folded, places[-1][1])) if places else []
    if places is None or len(sides) != len(places):
        return None
    head = text[: sides[0].start()]
    ends = [*(side.start() for side in sides[1:]), len(text)]
    parts = {
        province: _plain(f"{_question_on(province, provinces, head)} {_ends(text[side.end() : end])}")
        for (_, _, province), side, end in zip(places, sides, ends, strict=True)
    }
    return [parts[province] for province in provinces]


def _places(provinces: Sequence[str], folded: str) -> list[tuple[int, int, str]] | None:
    """Where each province is first named: start, end, name, in the order of the text."""
    found = []
    for province in provinces:
        match = re.search(_place(province), folded)
        if match is None:
            return None
        found.append((match.start(), match.end(), province))
    return sorted(found)


def _place(province: str) -> str:
    """The pattern of a province with the kind of place before it, on folded text."""
    return rf"\b{_KIND}{re.escape(fold_aligned(province).lower())}\b"


def _first_cut(folded: str, place: int) -> int:
    """Where what is asked of the first place alone begins."""
    return max((one.end() for one in _HEAD.finditer(folded, 0, place)), default=0)


def _ends(text: str) -> str:
    """A clause without the break that ends it."""
    folded = fold_aligned(text).lower()
    last = re.search(r"(?:[\s,;:?]|\bcon\b|\btrong khi\b)+$", folded)
    return text[: last.start()] if last else text


def _plain(text: str) -> str:
    """Text with single spaces; a joint that stands at its beginning or end joins nothing."""
    plain = " ".join(text.split())
    return re.sub(r"^(?:(?:,|:|với|và|so với|hay|hoặc)\s*)+|[\s,;:]+$", "", plain)
