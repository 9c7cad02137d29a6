"""The issuing body: from the letterhead, from below the type, from the words that enact."""

from __future__ import annotations

import re

from index.facts.metadata.stated import Stated
from index.normalise.keys import CAPITALS, fold, fold_aligned
from index.structure.paragraphs import Paragraph
from index.structure.zones import Part

# Mottoes of the sheet; a converter sets them between the lines of the issuer's name.
_MOTTOES = re.compile(r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam|doc lap\W+tu do\W+hanh phuc")
_BODY_HEADS = (
    r"uy ban|ban|so|van phong|hoi dong|dang uy|tinh uy|thanh uy|huyen uy|tieu ban|hoi|bo|cuc|vu|doan|truong|trung tam"
    r"|dang bo|lien|mat tran|toa an|vien"
)
_PLACE_WORDS = ("tinh", "thanh pho", "huyen", "xa", "phuong", "thi xa", "thi tran", "quan", "dac khu")
# "…, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu …": the body stands between the last mark and the verb that enacts.
_ENACTS = re.compile(
    rf"(?:^|[,;.]\s+)(?P<body>[{CAPITALS}][^,;.:]{{5,90}}?)\s+(?:yêu cầu|ban hành|quyết định|đề nghị|chỉ thị|quy định"
    r"|hướng dẫn|xây dựng|phát động|giao)\b"
)
_CAPTION = re.compile(r"\bcủa (?P<body>.+?)\)?$")


def read_issuer(text: str, parts: tuple[Part, ...]) -> Stated | None:
    """The issuing body as the text names it, the surest place first; None where it names none."""
    main = parts[0]
    below = next((line for line in main.title if fold(line.text).startswith("cua ") and line.is_capitals), None)
    if below is not None:
        return Stated(_as_in_text(text, below.text[4:]), (below.span,))
    return _letterhead(text, main) or _caption(parts[1:]) or _enacting(main)


def _letterhead(text: str, part: Part) -> Stated | None:
    above: list[Paragraph] = []
    for line in part.title:
        if line.type_name or re.match(r"\W*Số\b", line.text):
            break
        above.append(line)
    lines = [line.text for line in above]
    bodies = _bodies(_without_mottoes(" ".join(lines)), lines)
    return Stated(_as_in_text(text, bodies[-1]), tuple(line.span for line in above)) if bodies else None


def _caption(attachments: tuple[Part, ...]) -> Stated | None:
    for part in attachments:
        for line in part.title:
            match = _CAPTION.search(line.text) if fold(line.text).startswith("(ban hanh kem theo") else None
            if match:
                return Stated(match["body"], (line.part(*match.span("body")),))
    return None


def _enacting(part: Part) -> Stated | None:
    """The subject of the sentence that leads to the first numbered item."""
    for line in part.body:
        if re.match(r"(?:1\s*[-.)]|I\s*[-.)]|Điều 1)", line.text):
            break
        matches = list(_ENACTS.finditer(line.text))  # the last one counts
        if matches and line.text.endswith(":"):
            body = matches[-1]["body"]
            if re.match(rf"(?:chu tich|{_BODY_HEADS})\b", fold(body)):
                return Stated(body, (line.part(*matches[-1].span("body")),))
    return None


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
