"""What identifies a directive, read from its letterhead, its title, and the caption of what is attached to it."""

from __future__ import annotations

import re

from index.directive import Metadata
from index.facts.dates import find_dates
from index.facts.numbers import NUMBER, normal_number
from index.normalise.keys import fold, fold_aligned
from index.structure.paragraphs import Paragraph
from index.structure.zones import Part

# Mottoes of the sheet; a converter sets them between the lines of the issuer's name.
_MOTTOES = re.compile(r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam|doc lap\W+tu do\W+hanh phuc")
_BODY_HEADS = (
    r"uy ban|ban|so|van phong|hoi dong|dang uy|tinh uy|thanh uy|huyen uy|tieu ban|hoi|bo|cuc|vu|doan|truong|trung tam"
    r"|dang bo|lien|mat tran|toa an|vien"
)
_ISSUED = re.compile(
    r"Ngày\s+(?P<date>\d[^,]{5,25}?),\s*(?P<issuer>[^,]{3,80}?)\s+(?:đã\s+)?ban hành\s+"
    r"(?P<type>[A-ZĐ][\w ]{2,25}?)\s+số\s+"
)
_QUOTED = re.compile(r"“([^“”]+)”")
_PLACE_WORDS = ("tinh", "thanh pho", "huyen", "xa", "phuong", "thi xa", "thi tran", "quan", "dac khu")


def stated_metadata(text: str, parts: tuple[Part, ...]) -> Metadata:
    """What the text itself says of its type, number, date, issuer, subject and attachment; None for what it does not.

    A page that introduces a directive names these in its first sentence.
    """
    main = parts[0]
    if main.type_name is None:
        return _announced(text, main)
    head = [line for line in main.title if line.type_name is None]
    number, issued_on = _letterhead_number(head)
    issuer = _issuer(text, main)
    attached = next((part for part in parts[1:] if part.type_name), None)
    for part in parts[1:]:
        caption = " ".join(line.text for line in part.title if fold(line.text).startswith("(ban hanh kem theo"))
        if fold(main.type_name) in fold(caption):
            found = NUMBER.search(caption)
            number = number or (normal_number(found.group()) if found else None)
            issued_on = issued_on or _first_date(caption)
            by = re.search(r"\bcủa (.+?)\)?$", caption)
            issuer = issuer or (by[1] if by else None)
    return Metadata(
        type=main.type_name,
        number=number,
        issued_on=issued_on,
        issuer=issuer,
        title=_title(main),
        attached=_title(attached) if attached else None,
        attached_type=attached.type_name if attached else None,
    )


def _announced(text: str, part: Part) -> Metadata:
    for line in part.body:
        match = _ISSUED.search(line.text)
        if match is None:
            continue
        found = NUMBER.match(line.text, match.end())
        quoted = _QUOTED.search(line.text, match.end())
        return Metadata(
            type=match["type"],
            number=normal_number(found.group()) if found else None,
            issued_on=_first_date(match["date"]),
            issuer=match["issuer"],
            title=f"về “{quoted[1]}”" if quoted else None,
        )
    return Metadata()


def _letterhead_number(lines: list[Paragraph]) -> tuple[str | None, str | None]:
    """The number behind "Số", and the date behind a place ("Hà Nội, ngày …")."""
    number = issued_on = None
    for line in lines:
        labelled = re.match(r"\W*Số\s*:?\s*", line.text, re.IGNORECASE)
        if labelled and number is None and (found := NUMBER.match(line.text, labelled.end())):
            number = normal_number(found.group())
        if "ngày" in line.text and not line.text.startswith("("):
            issued_on = issued_on or _first_date(line.text)
    return number, issued_on


def _first_date(text: str) -> str | None:
    return next((found.value.isoformat() for found in find_dates(text)), None)


def _title(part: Part) -> str | None:
    """The subject below the type's name, without issuer lines ("CỦA BAN …") and caption."""
    below = False
    lines = []
    for line in part.title:
        if line.type_name:
            below = True
        elif below and not line.text.startswith("(") and not fold(line.text).startswith("cua "):
            lines.append(line.text)
    return " ".join(lines) or None


def _issuer(text: str, part: Part) -> str | None:
    """The issuing body: named below the type ("CỦA BAN …"), else the lowest body of the letterhead."""
    for line in part.title:
        if fold(line.text).startswith("cua ") and line.is_capitals:
            return _as_in_text(text, line.text[4:])
    above: list[str] = []
    for line in part.title:
        if line.type_name or re.match(r"\W*Số\b", line.text):
            break
        above.append(line.text)
    bodies = _bodies(_without_mottoes(" ".join(above)), above)
    return _as_in_text(text, bodies[-1]) if bodies else None


def _without_mottoes(letterhead: str) -> list[str]:
    """The pieces of a letterhead between the mottoes, which a converter may have set inside a name."""
    pieces, start = [], 0
    for match in _MOTTOES.finditer(fold_aligned(letterhead)):
        pieces.append(letterhead[start : match.start()])
        start = match.end()
    return [piece.strip(" -") for piece in [*pieces, letterhead[start:]] if piece.strip(" -")]


def _bodies(pieces: list[str], lines: list[str]) -> list[str]:
    """Split the letterhead into bodies: a line that begins with a body's word begins another body."""
    starts = {fold(line).strip() for line in lines if re.match(rf"(?:{_BODY_HEADS})\b", fold(line))}
    bodies: list[str] = []
    for piece in pieces:
        words = piece.split()
        current: list[str] = []
        for index, word in enumerate(words):
            rest = fold(" ".join(words[index:]))
            if current and any(rest.startswith(start) or start.startswith(rest) for start in starts):
                bodies.append(" ".join(current))
                current = []
            current.append(word)
        bodies.append(" ".join(current))
    return [body for body in bodies if re.match(rf"(?:{_BODY_HEADS})\b", fold(body))]


def _as_in_text(text: str, capitals: str) -> str:
    """A name in capitals as the text itself writes it elsewhere, else with a capital where a place's name begins."""
    wanted = fold_aligned(capitals)
    folded = fold_aligned(text)
    position = folded.find(wanted)
    while position >= 0:
        found = text[position : position + len(capitals)]
        if not found.isupper():
            return found[0].upper() + found[1:]
        position = folded.find(wanted, position + 1)
    words, proper = [], False
    for word in capitals.split():
        words.append(word.title() if proper else word.lower())
        tail = " ".join(fold(w) for w in words[-2:])
        proper = proper or tail.endswith(_PLACE_WORDS)
    name = " ".join(words)
    return name[0].upper() + name[1:]
