"""Yes or no: what a clause says to a question that asks whether something is so."""

from __future__ import annotations

import re
from typing import Literal

from bot.answering.asked import QUOTED
from bot.answering.telling import Telling
from index.normalise.keys import fold

Polarity = Literal["yes", "no"]
# Of the question's words that a clause with its surroundings must hold, to say yes.
_YES_SHARE = 0.6
_YES_OWN = 0.45
_EXCEPTION = re.compile(r"\b(?:tru|ngoai tru|khong ke|khong bao gom|khong ap dung)\b(?! khi)([^,;.)]*)")
_NEGATED = re.compile(r"\b(?:khong duoc|nghiem cam|cam|khong phai|chua duoc)\b")
_ASKS_NEGATED = re.compile(r"\b(?:khong duoc|khong can|khong phai|khoi|bo qua|ma khong|mien)\b(?!\W*$)")
_DIRECTLY = re.compile(r"\b(?:thẳng|trực tiếp|gui thang|gui truc tiep)\b")
_NO_SHARE = 0.4


def polarity(question: str, clause: str, around: str, told: Telling) -> Polarity | None:
    """Whether the clause says yes or no to the question; None where that takes more than its words.

    An exception that names what is asked ("trừ nội dung mật") is a no, a prohibition as well; yes is said only where
    clause and surroundings hold nearly all that is asked.
    """
    asked, said = fold(question), fold(clause)
    if _ASKS_NEGATED.search(asked):
        return None
    for exception in _EXCEPTION.finditer(said):
        words = [word for word in exception[1].split() if len(word) > 1]
        if any(
            re.search(rf"\b{re.escape(word)}\b", asked)
            for word in words
            if word not in ("noi", "dung", "truong", "hop")
        ):
            return "no"
    quoted = QUOTED.search(question)
    if quoted and fold(quoted[1]).strip(" .…") not in said:
        return "no" if told.word_share(around) >= _NO_SHARE else None
    if _DIRECTLY.search(question.lower()) and not _DIRECTLY.search(clause.lower()):
        return "no" if re.search(r"\bqua\b|\bde tong hop\b", said) else None
    if _NEGATED.search(said) and not _NEGATED.search(asked):
        return "no" if told.word_share(clause) >= _YES_SHARE else None
    if told.word_share(around) >= _YES_SHARE and told.word_share(clause) >= _YES_OWN:
        return "yes"
    return None
