"""Cuts a document into its parts, and each part into head, body, foot and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.normalise.keys import fold
from index.structure.labels import read_label
from index.structure.paragraphs import Paragraph

# The longest subject seen above a real document has 56 words.
_LONGEST_TITLE = 80
_NUMBERED_NOTE = re.compile(r"\[\d+\]|\(\d+\)")


@dataclass(slots=True)
class Part:
    """One document on the sheet: the decision, its attachment, an appendix. Each list is in the order of the text."""

    type_name: str | None = None
    title: list[Paragraph] = field(default_factory=list)
    stamp: list[Paragraph] = field(default_factory=list)
    basis: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    recipients: list[Paragraph] = field(default_factory=list)
    signature: list[Paragraph] = field(default_factory=list)
    author: list[Paragraph] = field(default_factory=list)
    appendix: str | None = None


def split_parts(lines: list[Paragraph]) -> list[Part]:
    """The parts of a document without its notes.

    A part begins with the name of its type alone in capitals; what stands above the first one is its letterhead. A
    type's name between the basis and Điều 1 is the enacting formula and begins nothing.
    """
    starts = [0]
    seen_type = False
    for index, line in enumerate(lines):
        if line.opens_appendix and index and seen_type:
            starts.append(index)
        elif line.type_name:
            if seen_type and _begins_part(lines, index, starts[-1]):
                starts.append(index)
            seen_type = True
    parts = [_read_part(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return [part for part in parts if part is not None]


def _begins_part(lines: list[Paragraph], index: int, start: int) -> bool:
    """Whether the type's name at `index` opens an attachment: the part before it has been signed or has ended."""
    before = lines[start:index]
    closed = any(line.opens_signature or line.opens_recipients for line in before[1:])
    captioned = any(fold(line.text).startswith("(ban hanh kem theo") for line in lines[index + 1 : index + 6])
    return closed or captioned


def _read_part(lines: list[Paragraph]) -> Part | None:
    if not lines:
        return None
    part = Part()
    if lines[0].opens_appendix:
        part.appendix = lines[0].text
        part.title, part.body = lines[:1], lines[1:]
        return part
    rest = _take_title(part, lines)
    rest = _take_basis(part, rest)
    _take_foot(part, rest)
    return part


def _take_title(part: Part, lines: list[Paragraph]) -> list[Paragraph]:
    """Letterhead, type and subject; the stamp that a receiving office set among them goes apart."""
    types = [index for index, line in enumerate(lines) if line.type_name]
    head = types[0] + 1 if types else 0
    if types:
        part.type_name = lines[types[0]].type_name
        stamp = _stamp_lines(lines[: types[0]])
        part.stamp = [lines[index] for index in stamp]
        part.title = [line for index, line in enumerate(lines[:head]) if index not in stamp]
    index = head
    while index < len(lines) and _is_title(lines[index], first=index == head):
        if index > head and lines[index].is_capitals and index + 1 < len(lines) and lines[index + 1].is_basis:
            break  # the body that decides, above what it bases the decision on
        part.title.append(lines[index])
        index += 1
        if lines[index - 1].text.endswith(")"):
            break
    return lines[index:]


def _is_title(line: Paragraph, first: bool) -> bool:
    """Whether a line below the type belongs to the subject: capitals, a small first letter, "Về …", a caption."""
    if line.is_basis or line.words > _LONGEST_TITLE or (read_label(line.text) and not line.is_capitals):
        return False
    if fold(line.text).startswith("(ban hanh kem theo"):
        return True
    if line.ends_sentence or line.text.endswith((":", ",")) or read_label(line.text):
        return False
    about = re.match(r"(?:về|v/v)\s", line.text, re.IGNORECASE) is not None
    return first or about or line.is_capitals or line.text[0].islower()


def _stamp_lines(lines: list[Paragraph]) -> list[int]:
    """Indexes of an arrival stamp: its lines, and the receiving office's name in capitals just above them."""
    found = [index for index, line in enumerate(lines) if line.is_stamp]
    if not any("số đến" in lines[index].text.lower() for index in found):
        return []
    first, last = found[0], found[-1]
    while first and lines[first - 1].is_capitals:
        first -= 1
    return list(range(first, last + 1))


def _take_basis(part: Part, lines: list[Paragraph]) -> list[Paragraph]:
    last = -1
    for index, line in enumerate(lines):
        if line.is_basis:
            last = index
        elif index > last + 1:
            break
    part.basis, rest = lines[: last + 1], lines[last + 1 :]
    return rest


def _take_foot(part: Part, lines: list[Paragraph]) -> None:
    """Body, then recipients and signature in whichever order the sheet has them."""
    index = next((i for i, line in enumerate(lines) if _opens_foot(lines, i)), len(lines))
    part.body, foot = lines[:index], lines[index:]
    target = part.recipients
    for position, line in enumerate(foot):
        if line.opens_recipients:
            target = part.recipients
        elif line.opens_signature or (target is part.recipients and line.is_person):
            target = part.signature
        elif target is part.signature and part.recipients and not line.is_person and not line.is_capitals:
            part.body += foot[position:]  # text goes on behind a signature without a heading of its own
            return
        target.append(line)
    if not foot and len(part.body) > 1 and part.body[-1].is_person and part.body[-2].ends_sentence:
        part.author = [part.body.pop()]


def _opens_foot(lines: list[Paragraph], index: int) -> bool:
    """Whether the foot begins here: recipients, or a signature with nothing but names and recipients behind it."""
    line = lines[index]
    if line.opens_recipients:
        return True
    if not line.opens_signature or read_label(line.text):
        return False
    following = lines[index + 1 : index + 4]
    return any(item.is_person or item.opens_recipients or item.opens_signature for item in following)


def split_notes(lines: list[Paragraph], marked: tuple[int, ...]) -> tuple[list[Paragraph], list[list[Paragraph]]]:
    """The text's paragraphs, and its footnotes: from the first mark of a note (or the first "[1]") to the end."""
    starts = [i for i, line in enumerate(lines) if line.start in marked]
    if not starts:
        numbered = [i for i, line in enumerate(lines) if _NUMBERED_NOTE.match(line.text)]
        tail = [i for i in numbered if all(j in numbered for j in range(i, len(lines)))]
        starts = tail if tail and lines[tail[0]].text[1] == "1" else []
    if not starts:
        return lines, []
    ends = [*starts[1:], len(lines)]
    return lines[: starts[0]], [lines[start:end] for start, end in zip(starts, ends, strict=True)]
