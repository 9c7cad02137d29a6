"""Question: one typed record of what was asked and how it was understood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.answering.answer import Answer
from bot.messages import LONGEST_QUESTION
from bot.question.english import in_vietnamese, is_english
from bot.question.expansion import expand, plain_words
from bot.question.followup import complete, content, inherited_documents
from bot.question.intents import intents
from bot.question.restoration import restorer
from bot.question.targets import Cited, cited_documents, named_directives, named_provinces
from bot.question.typos import without_slips, written_out
from index.library import Library
from index.normalise.keys import fold, fold_aligned

# What is pasted along from a page; a script goes with what is in it.
_MARKUP = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>|</?[a-z][^<>]{0,200}>", re.IGNORECASE | re.DOTALL)

# What officials say before they ask, and behind it.
_ADDRESS = re.compile(
    r"^\W*(?:thoi |gio |a |a ma )*(?:hoi|sang|chuyen sang|noi) (?:sang )?(?:chuyen|viec|van de|cau|y) khac\b\W*|"
    r"\b(?:cho|xin) (?:(?:em|minh|toi|anh|chi|chau) )?hoi(?: (?:chut|ti|xiu|la|ve|voi|nhanh))*\W+"
    r"|^\W*(?:alo|xin chao|chao(?: (?:ban|anh|chi|em|tro ly|ad|dong chi))?|(?:anh|chi|em|ad|ban|dong chi) oi)\b\W*"
)
# Where somebody works is no part of what they ask, unless they ask about themselves.
_WORKS_AT = re.compile(
    r"^\W*(?:minh|toi|tui|em|anh|chi|chau|ben (?:minh|em))\s(?:dang\s)?(?:lam(?:\sviec)?|cong\stac)\s(?:o|tai|ben)\b"
    r"[^,.;:?]{2,60}[,.;:]\s*(?!.*\b(?:minh|toi|tui|em|chung ta|chung toi)\b)"
)
_POLITE_END = re.compile(r"(?:\s+(?:a|nhe|nhi|vay|the|ha|voi|voi a|vay a|the a|nha|di))+\W*$|\W+$")
# What is said of a thing that is taken for granted: ", sao lại để lâu thế", ", dày quá".
_COMMENT = re.compile(
    r"\W+(?:sao (?:lai )?(?:de |ma |phai )?\w+ (?:the|vay|qua)|(?:lau|day|cao|thap|nhieu|it|som|muon|gap"
    r"|cham) qua|the co \w+ \w+ khong|co phai qua \w+ khong)\W*$"
)
_LEAST_LEFT = 3  # words
_ADDRESSES = 4  # nobody says "cho hỏi" more often in one question
# A database command glued behind a question asks nothing.
_SQL = re.compile(
    r"['\"]?\s*;\s*(?:drop|delete|insert|update|alter|truncate|select|union)\s.*$", re.IGNORECASE | re.DOTALL
)
# "đa04" for "đa 04".
_JOINED = re.compile(r"(?<![\w/-])(qđ|qd|ct|nq|kl|đa|da|kh|hd)(?=\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """`text` as typed (made encodable), `cleaned` as it is searched, what it names, and what it asks for."""

    text: str
    cleaned: str
    searched: str = ""  # the same with unknown abbreviations written out and missing diacritics restored
    province: str | None = None  # the one that it names
    provinces: tuple[str, ...] = ()  # all that it names, in its order
    documents: tuple[str, ...] = ()  # ids of stored directives that it names by their own number
    intents: tuple[str, ...] = ()
    cites: tuple[Cited, ...] = ()  # other documents that it names by number
    language: Literal["vi", "en"] = "vi"
    is_completed: bool = False  # whether place or level were put into the question before it

    @property
    def is_empty(self) -> bool:
        """Whether nothing that can be read is left: no letter, no digit."""
        return not is_readable(self.cleaned)

    @property
    def is_too_long(self) -> bool:
        """Whether it is over the limit of `LONGEST_QUESTION` characters."""
        return len(self.text) > LONGEST_QUESTION


def understand(text: str, library: Library, last: Answer | None = None) -> Question:
    """Read a question, with the last answer of its conversation where it has one.

    Never raises: what cannot be read is left out of `cleaned`.
    """
    encodable = text.encode("utf-8", "replace").decode("utf-8")
    if len(encodable) > LONGEST_QUESTION:
        return Question(encodable, "")
    typed = written_out(plain_words(clean(encodable)), library)
    english = is_english(typed)
    said = in_vietnamese(typed) if english else typed
    cleaned = complete(said, last, library)
    asked = without_address(cleaned)
    provinces = tuple(named_provinces(cleaned, library))
    province = provinces[0] if len(provinces) == 1 else None
    cites = tuple(cited_documents(cleaned, library))
    documents = tuple(named_directives(cleaned, library))
    if not (documents or provinces or cites):
        documents = inherited_documents(cleaned, last)
    return Question(
        text=encodable,
        cleaned=cleaned,
        searched=_searched(asked, library, english),
        province=province,
        provinces=provinces,
        documents=documents,
        intents=intents(fold(asked)),
        cites=cites,
        language="en" if english else "vi",
        is_completed=cleaned != said,
    )


def _searched(asked: str, library: Library, english: bool) -> str:
    """What is searched: abbreviations written out, slips mended, diacritics restored."""
    restore = restorer(library)
    comment = _COMMENT.search(fold_aligned(asked).lower())
    expanded = expand(asked[: comment.start()] if comment else asked, library)
    mended, places = (expanded, frozenset[int]()) if english else without_slips(expanded, library, restore)
    return restore.restore(mended, places)


def without_address(text: str) -> str:
    """A question without what is said before "cho hỏi", and without greetings at its beginning and end.

    >>> without_address("Alo, cho mình hỏi ai ký Quyết định 2108 vậy ạ?")
    'ai ký Quyết định 2108'
    """
    folded = fold_aligned(text).lower()
    # "…, xin hỏi như vậy có đúng không?": what is asked stands before it.
    starts = [match.end() for match in _ADDRESS.finditer(folded)][-_ADDRESSES:]
    start = next((one for one in reversed(starts) if len(content(text[one:])) >= _LEAST_LEFT), 0)
    if start == 0 and (works := _WORKS_AT.match(folded)) and len(content(text[works.end() :])) >= _LEAST_LEFT:
        start = works.end()
    end = _POLITE_END.search(folded, start)
    left = text[start : end.start() if end else len(text)].strip(" ,.:;-")
    return left if len(left.split()) >= _LEAST_LEFT else text


def is_readable(text: str) -> bool:
    """Whether there is a letter or a digit."""
    return any(character.isalnum() for character in text)


def clean(text: str) -> str:
    """NFC, without markup, control and invisible characters, one space between words."""
    composed = _JOINED.sub(r"\1 ", _SQL.sub(" ", _MARKUP.sub(" ", unicodedata.normalize("NFC", text))))
    if not is_readable(composed):  # all of it stood in angle brackets: it is the question
        composed = unicodedata.normalize("NFC", text).replace("<", " ").replace(">", " ")
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in composed)
    return " ".join("".join(c for c in visible if unicodedata.category(c) not in ("Cf", "Co", "Cs", "Cn")).split())
