"""Small talk: a greeting gets a word and what can be asked, thanks a word; nothing is claimed."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.strategy import Candidate
from bot.question.question import Question
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold

_GREETING = r"xin chao|chao (?:ban|anh|chi|em|ca nha|moi nguoi|dong chi)|chao|hello|hi|alo"
_THANKS = r"(?:xin )?cam on(?: (?:ban|nhe|nhieu|dong chi|anh|chi|em))*|thanks?(?: you)?|tam biet|bye|ok|oke|duoc roi"
_WHO = (
    r"(?:he thong|tro ly|cong cu|phan mem|bot|ung dung)(?: nay)?"
    r"(?: dung)?(?: de)? (?:la gi|lam (?:duoc )?(?:gi|nhung gi)|lam duoc gi|giup (?:duoc )?gi)"
    r"|(?:ban|may|day) la ai|ban (?:lam|giup) duoc (?:gi|nhung gi)|who are you"
)
_PRAISE = (
    r"(?:hay|tot|tuyet|ro|chuan|gon|chinh xac|dung)(?: qua| roi| lam| day)+|da ro|toi hieu roi|hieu roi|the thoi|xong"
)
_FILLER = r"a|nhe|nha|oi|ban|dong chi|vang|da|u|um|uh|the|vay|roi|nhieu|ad|anh|chi|em|minh|toi|rat"
_SMALL = re.compile(rf"\W*(?:(?:{_FILLER})\W+)*(?:(?:{_GREETING}|{_THANKS}|{_WHO}|{_PRAISE})(?:\W+(?:{_FILLER}))*\W*)+")
# Who greets, or asks who answers, is told what can be asked; who gives thanks knows it.
_OPENS = re.compile(rf"\b(?:{_GREETING}|{_WHO})\b")


class SmallTalkStrategy:
    """Answers what asks nothing."""

    name = "smalltalk"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where the whole question is a greeting, thanks, or asks who answers."""
        folded = fold(question.cleaned)
        if not _SMALL.fullmatch(folded):
            return []
        text = messages.SMALL_TALK if _OPENS.search(folded) else messages.THANKED
        return [Candidate(self.name, text, (), None, 1.0, "smalltalk")]
