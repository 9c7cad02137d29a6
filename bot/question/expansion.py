"""Abbreviations that people type and the stored texts do not hold, written out."""

from __future__ import annotations

import re
import unicodedata

from index.abbreviations import find_abbreviations
from index.library import Library
from index.normalise.keys import fold, has_diacritics

_WORD = re.compile(r"[^\W_][\w./-]*")
# Chat spellings; sources as in `question_words.toml`.
_CHAT = {
    "bn": "bao nhiêu", "ko": "không", "dc": "được", "đc": "được", "vb": "văn bản", "ntn": "như thế nào",
    "bp": "bộ phận", "ctdv": "công tác dân vận", "ctac": "công tác", "cq": "cơ quan", "đvị": "đơn vị",
    "hdan": "hướng dẫn", "ktra": "kiểm tra", "trg": "trường", "nvu": "nhiệm vụ", "qđ": "quyết định", "cb": "cán bộ",
    "ng": "người", "nhg": "những", "cv": "công việc", "k": "không", "lm": "làm", "tc": "tổ chức",
    "ctrinh": "chương trình", "khach": "kế hoạch", "tgian": "thời gian", "đkiện": "điều kiện",
}  # fmt: skip


# Spellings of everyday words in chat, written out before anything is read; source: `question_words.toml`.
_EVERYDAY = {
    "j": "gì", "gj": "gì", "bn": "bao nhiêu", "bnhieu": "bao nhiêu", "ko": "không", "hok": "không", "hong": "không",
    "dc": "được", "đc": "được", "vb": "văn bản", "ntn": "như thế nào", "nvu": "nhiệm vụ", "trc": "trước", "lm": "làm",
    "xd": "xây dựng", "nhg": "những", "ng": "người", "mn": "mọi người", "vs": "với", "ktra": "kiểm tra",
    "qđịnh": "quy định",
}  # fmt: skip


def plain_words(text: str) -> str:
    """Chat spellings of everyday words written out, with diacritics only where the text has some.

    >>> plain_words("ubnd xa phai lam j")
    'ubnd xa phai lam gi'
    """
    accented = has_diacritics(text)

    def written(match: re.Match[str]) -> str:
        word = _EVERYDAY.get(match.group().lower())
        if word is None:
            return match.group()
        return word if accented else fold(word)

    return re.sub(r"(?<![\w/-])[^\W\d_]+(?![\w/-])", written, text)


def expand(text: str, library: Library) -> str:
    """The text with each unknown abbreviation replaced by its usual meaning: "bcđ dvk" is "ban chỉ đạo Dân vận khéo".

    A form that stands in the stored texts ("UBND") stays: they are searched by it.
    """
    return _WORD.sub(lambda match: _written_out(match.group(), library), text)


def _written_out(word: str, library: Library) -> str:
    if word.lower() in _CHAT:
        return _CHAT[word.lower()]
    if len(word) < 2 or _is_accented(word) or library.retriever.lexical.document_frequency(fold(word)):
        return word
    found = find_abbreviations(word)
    return found[0].meanings[0].text if found else word


def _is_accented(word: str) -> bool:
    """Whether a word is written with marks beyond đ: then it is a word, no short form."""
    return any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", word))
