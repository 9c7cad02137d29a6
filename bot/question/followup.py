"""Follow-ups: a question that leaves out what was said before takes over just that."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot import messages
from bot.answering.answer import Answer, Conversation
from bot.question.bodies import as_typed, bodies_in
from bot.question.targets import named_province, unstored_provinces
from index.data import strings
from index.library import Library
from index.normalise.keys import fold, fold_aligned, syllables

if TYPE_CHECKING:
    from bot.question.question import Question

# A follow-up is short; what is longer says itself what it is about. Words.
_LONGEST = 10
# One that points back ("văn bản đó") may be as long as this.
_LONGEST_POINTING = 16
# A question with no more words than these that tell something says too little by itself.
_THIN = 3
_BARE = 2
# A question for any document, or any place.
_ANY = re.compile(r"\b(?:van ban|vb|tinh|noi|dia phuong|chi thi|nghi quyet|quyet dinh|de an|ke hoach|huong dan) nao\b")
_FRESH = re.compile(
    r"\W*(?:thoi |gio |a |a ma )*(?:hoi|sang|chuyen sang|noi) (?:sang )?(?:chuyen|viec|van de|cau|y) khac\b"
)
_OPENING = re.compile(r"^\W*(?:con|the|vay|the con|vay con|con o|o|cua|nhom|buoc|muc|diem)\b")
_ANAPHOR = re.compile(
    r"\b(?:van ban|chi thi|nghi quyet|quyet dinh|de an|muc|diem|dieu|viec|cai|ban"
    r"|chu truong|chi so|ho|no) (?:do|nay|ay|kia|tren)\b"
    r"|\b(?:o|trong) (?:day|do|nay)\b|\bnoi ro hon\b|^\W*(?:vi sao|tai sao) lai\b"
)
# "Nghị định đó": a document that the last answer quotes.
_THAT_DOCUMENT = re.compile(
    r"\b(?P<type>nghi dinh|phap lenh|quyet dinh|chi thi|ket luan|quy dinh|nghi quyet|thong tu|cong van|huong dan) "
    r"(?:do|nay|ay|kia)\b"
)
_LEVEL = re.compile(r"\b(?:cap )?(?:tinh|huyen|xa|co so)\b")
# What a bare "thế Phú Yên?" may hold beside the place or level.
_EMPTY = re.compile(
    r"\b(?:con|the|vay|thi|sao|ben|o|tinh|thanh pho|nao|ra|cap|huyen|xa|a|ha|nhi"
    r"|co giong (?:vay |the )?khong|co khac khong|giong khong|thi the nao|tuong tu)\b|\W"
)
# Strategies that answer of a document that a directive cites, and how their answers name it.
_OF_A_DOCUMENT = frozenset({"references", "which_document"})
_CITED = re.compile(r"[^\W\d_][\w ]{2,30} số \d[\w./-]*")
_OF = re.compile(r"\W*(?:con |the |vay )?cua (?!ai\b)")
_OWNER = re.compile(r"\bcủa (?:[^\s,?]+ ){1,3}?[^\s,?]+(?= (?:là|số|ngày|ban|có|ở)|[,?]|$)")
# What asks in a question; without it, what it is about is left.
_ASKING = re.compile(
    r"\b(?:ai|bao nhieu|bn|may|gi|nao|khi nao|bao gio|ngay nao|nam nao|the nao|ra sao|sao|la"
    r"|khong|vay|a|nhi|cho hoi|xin hoi|phai|co)\b|[?]"
)


def complete(text: str, last: Answer | None, library: Library) -> str:
    """The question with another place or level in the last one ("thế Phú Yên?"), else as it is."""
    if last is None or len(text.split()) > _LONGEST:
        return text
    if (with_number := _quoted_document(text, last, library)) is not None:
        return with_number
    before = last.question.understood_as
    province = named_province(text, library) or next(iter(unstored_provinces(text, library)), None)
    rest = fold(text)
    if province:
        rest = rest.replace(fold(province), " ")
    if _EMPTY.sub("", rest):
        return _other_body(text, last) or text  # it asks something of its own
    if province:
        old = last.question.province or next(iter(unstored_provinces(before, library)), None)
        return _swap(before, old, province) if old else f"{before.rstrip(' ?')} ở {province}?"
    level = _LEVEL.search(fold(text))
    old_level = _LEVEL.search(fold_aligned(before).lower())
    if level and old_level:
        return before[: old_level.start()] + text[slice(*level.span())] + before[old_level.end() :]
    return text


def _quoted_document(text: str, last: Answer, library: Library) -> str | None:
    """The question with the number of the one document of a type that the last answer quotes ("nghị định đó")."""
    pointed = _THAT_DOCUMENT.search(fold_aligned(text).lower())
    if pointed is None:
        return None
    kind = pointed["type"]
    quoted = [one for one in last.citations if one.role != "nearest"]
    own = {
        fold(library.directives[one.document_id].metadata.type or "")
        for one in quoted
        if one.document_id in library.directives
    }
    if kind in own:  # the directive itself is of the type
        return None
    numbered = re.compile(rf"\b{kind}(?: so)? (\d[\w./-]*\w)")
    numbers = {
        one.quote[slice(*match.span(1))]
        for one in quoted
        for match in numbered.finditer(fold_aligned(one.quote).lower())
    }
    if len(numbers) != 1:
        return None
    return f"{text[: pointed.end('type')]} số {numbers.pop()}{text[pointed.end() :]}"


def _other_body(text: str, last: Answer) -> str | None:
    """The last question with the body that a bare "Ban Dân vận thì sao?" names, in the place of its own.

    Where the last question has none, what the body has to do is asked.
    """
    before = last.question.understood_as
    named, old = bodies_in(text), bodies_in(before)
    if len(named) != 1 or named == old or not _is_bare_body(text, named[0]):
        return None
    body = as_typed(text, named[0])
    position = fold_aligned(before).lower().find(old[0]) if len(old) == 1 else -1
    if position >= 0 and not _is_bare_body(before, old[0]):
        return before[:position] + body + before[position + len(old[0]) :]
    place = last.question.province or next((one.province for one in last.citations if one.province), None)
    return messages.what_a_body_has_to_do(f"{body} {place or ''}".strip())


def _is_bare_body(text: str, body: str) -> bool:
    return not _BARE_BODY.sub("", fold(text).replace(body, " "))


_BARE_BODY = re.compile(r"\b(?:con|the|vay|thi|sao|nua|o|ben|thi the nao|ra sao|a|ha|nhi)\b|\W")


def with_subject(text: str, last: Answer | None, library: Library) -> str | None:
    """The question with what the last one was about, where it says too little by itself; None where it does not.

    What was about is the last question without what it asks: "ngày nào vậy" gets "Quy chế công tác dân vận của tỉnh".
    """
    if last is None or len(text.split()) > _LONGEST or last.status in ("smalltalk", "rejected"):
        return None
    folded = fold(text)
    province = named_province(text, library)
    if not (_OPENING.search(folded) or _ANAPHOR.search(folded) or len(content(text, province)) <= _THIN):
        return None
    if last.strategy in _OF_A_DOCUMENT and not _OF.match(folded) and (cited := _CITED.match(last.answer)):
        return f"{text.rstrip(' ?')}, {cited.group()}?"
    before = last.question.understood_as
    aligned = fold_aligned(before).lower()
    old = last.question.province
    if province and old and old != province:  # another place takes the place of the last one
        before = re.sub(
            rf"(?:\b(?:ở|tại|của|cua|o)\s+)?{re.escape(old)}", lambda match: " " * len(match.group()), before
        )
    if _OF.match(folded):  # another owner takes the place of the last one: "của tỉnh là số mấy"
        before = _OWNER.sub(lambda match: " " * len(match.group()), before)
    kept = list(before)
    for match in _ASKING.finditer(aligned):
        kept[match.start() : match.end()] = " " * (match.end() - match.start())
    subject = " ".join("".join(kept).split())
    return f"{text.rstrip(' ?')}, {subject}?" if subject else None


def last_said(conversation: Conversation | None) -> Answer | None:
    """What a conversation goes on from: its last answer that is about something.

    Thanks do not end a subject, nor does a question of the same place that nothing was found for.
    """
    said = reversed(conversation.turns) if conversation else ()
    turns = [turn for turn in said if turn.status not in ("smalltalk", "rejected")]
    for turn in turns:
        if turn.status in ("answered", "corrected"):
            return turn
        if turn.status == "clarify" or turn.question.province:
            break
    return turns[0] if turns else None


def documents_cited(last: Answer) -> tuple[str, ...]:
    """Ids of the one directive that an answer rests on; empty where it rests on several."""
    cited = dict.fromkeys(one.document_id for one in last.citations if one.role != "nearest")
    return tuple(cited) if len(cited) == 1 else ()


def is_open(question: Question, library: Library) -> bool:
    """Whether a question names neither document nor place and does not ask for one: it may go on about the last."""
    if question.provinces or question.cites or unstored_provinces(question.cleaned, library):
        return False
    return not question.documents and not asks_which_text(fold(question.cleaned))


def asks_which_text(folded: str) -> bool:
    """Whether a folded question asks for a text or a place: "văn bản nào", "tỉnh nào"."""
    return _ANY.search(folded) is not None


def goes_on(question: Question, alone: Answer, last: Answer) -> bool:
    """Whether a bare "gửi cho ai?" asks on about what a passage said, rather than about the whole document."""
    bare = len(content(question.cleaned)) <= _BARE and "recipients" in question.intents
    return bare and last.strategy == "passage" and alone.strategy == "metadata"


def is_fresh(text: str) -> bool:
    """Whether a question says that it is about something else: "thôi hỏi chuyện khác, …"."""
    return _FRESH.match(fold(text)) is not None


def inherited_documents(text: str, last: Answer | None) -> tuple[str, ...]:
    """Ids of the directives that "văn bản đó" speaks of: those that the last answer cited."""
    if last is None or len(text.split()) > _LONGEST_POINTING:
        return ()
    folded = fold(text)
    if len(text.split()) > _LONGEST and not _ANAPHOR.search(folded):
        return ()
    if not (_ANAPHOR.search(folded) or _OPENING.search(folded) or len(content(text)) <= _THIN):
        return ()
    cited = dict.fromkeys(citation.document_id for citation in last.citations)
    return tuple(cited) if len(cited) == 1 else ()


def is_about_cited(last: Answer | None) -> bool:
    """Whether the last answer was about a document that a directive cites: a short question goes on about it."""
    return last is not None and last.strategy in _OF_A_DOCUMENT


def content(text: str, province: str | None = None) -> list[str]:
    """The words of a question that tell something, the place aside."""
    place = syllables(province or "")
    return [word for word in syllables(text) if word not in _asking_words() and word not in place]


@cache
def _asking_words() -> frozenset[str]:
    return frozenset(fold(word) for kind in ("words", "chat") for word in strings("question_words.toml", kind))


def _swap(text: str, old: str, new: str) -> str:
    position = fold_aligned(text).lower().find(fold(old))
    return text[:position] + new + text[position + len(old) :] if position >= 0 else f"{text.rstrip(' ?')} ở {new}?"
