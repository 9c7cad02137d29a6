"""Follow-ups: a question that leaves out what was said before takes over just that."""

from __future__ import annotations

import re

from bot.answering.answer import Answer
from bot.question.targets import named_province
from index.library import Library
from index.normalise.keys import fold, fold_aligned

# A follow-up is short; what is longer says itself what it is about. Words.
_LONGEST = 9
_OPENING = re.compile(r"^\W*(?:con|the|vay|the con|vay con|con o|o)\b")
_ANAPHOR = re.compile(
    r"\b(?:van ban|chi thi|nghi quyet|quyet dinh|de an|muc|diem|dieu|viec|cai|ho|no) (?:do|nay|ay|kia)\b|\bnoi ro hon\b"
)
_LEVEL = re.compile(r"\b(?:cap )?(?:tinh|huyen|xa|co so)\b")
# What a bare "thế Phú Yên?" may hold beside the place or level.
_EMPTY = re.compile(r"\b(?:con|the|vay|thi|sao|o|tinh|thanh pho|nao|ra|cap|huyen|xa|a|ha|nhi)\b|\W")


def complete(text: str, last: Answer | None, library: Library) -> str:
    """The question with another place or level in the last one ("thế Phú Yên?"), else as it is."""
    if last is None or len(text.split()) > _LONGEST:
        return text
    before = last.question.understood_as
    province = named_province(text, library)
    rest = fold(text).replace(fold(province or ""), " ")
    if _EMPTY.sub("", rest):
        return text  # it asks something of its own
    if province:
        old = last.question.province
        return _swap(before, old, province) if old else f"{before.rstrip(' ?')} ở {province}?"
    level = _LEVEL.search(fold(text))
    old_level = _LEVEL.search(fold_aligned(before).lower())
    if level and old_level:
        return before[: old_level.start()] + text[slice(*level.span())] + before[old_level.end() :]
    return text


def inherited_documents(text: str, last: Answer | None) -> tuple[str, ...]:
    """Ids of the directives that "văn bản đó" speaks of: those that the last answer cited."""
    if last is None or len(text.split()) > _LONGEST:
        return ()
    folded = fold(text)
    if not (_ANAPHOR.search(folded) or _OPENING.search(folded) or len(text.split()) <= 4):
        return ()
    cited = dict.fromkeys(citation.document_id for citation in last.citations if citation.role != "nearest")
    return tuple(cited) if len(cited) == 1 else ()


def _swap(text: str, old: str, new: str) -> str:
    position = fold_aligned(text).lower().find(fold(old))
    return text[:position] + new + text[position + len(old) :] if position >= 0 else f"{text.rstrip(' ?')} ở {new}?"
