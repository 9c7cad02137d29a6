"""How much of what a question says a text holds: its telling words by rarity, synonyms counted a little less."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.question.question import Question
from bot.question.synonyms import Synonym, synonyms
from index.data import strings
from index.library import Library
from index.normalise.keys import accented_syllables, fold, has_diacritics, spaced, syllables, terms

# A word that a synonym stands for counts this much of itself.
_SYNONYM = 0.8
# What is left of the weight of a word that names the document asked: its title, number, place.
_NAMED = 0.3


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of a question that say what it is about, each with its rarity.

    `weights` are folded syllables and pairs of neighbours; `words` the syllables alone, with their diacritics where
    the question was typed with them ("lương cơ sở" is not "lượng có sổ").
    """

    weights: Mapping[str, float]
    words: Mapping[str, float]
    synonyms: tuple[Synonym, ...]
    read: Callable[[str], list[str]]
    known: float  # share of its pairs of neighbours that stand anywhere in the stored texts; low far from the field

    def share(self, text: str) -> float:
        """Share of `weights` that a text holds, 0 to 1."""
        held, by_synonym = _terms(text), self._by_synonym(text)
        return _share(self.weights, held, by_synonym)

    def word_share(self, text: str) -> float:
        """Share of `words` that a text holds, 0 to 1."""
        return _share(self.words, frozenset(self.read(text)), self._by_synonym(text))

    def word_in(self, word: str, text: str) -> bool:
        """Whether one of `words` stands in a text."""
        return word in _read(self.read, text)

    def missing(self, text: str) -> float:
        """The rarity of the rarest word that a text lacks; 0 where it lacks none."""
        held, by_synonym = frozenset(self.read(text)), self._by_synonym(text)
        return max(
            (w for word, w in self.words.items() if word not in held and _plain(word) not in by_synonym), default=0.0
        )

    def about(self, identity: str, named: float = _NAMED) -> Telling:
        """The same with the words that name a document told little (`named` of their weight): all its sentences are
        about them.
        """
        named_terms, named_words = _terms(identity), frozenset(self.read(identity))
        return replace(
            self,
            weights={term: w * (named if term in named_terms else 1.0) for term, w in self.weights.items()},
            words={word: w * (named if word in named_words else 1.0) for word, w in self.words.items()},
        )

    def _by_synonym(self, text: str) -> frozenset[str]:
        spoken = _spaced(text)
        return frozenset(
            term for one in self.synonyms if any(other in spoken for other in one.others) for term in one.terms
        )


def telling(question: Question, library: Library) -> Telling:
    """What a question tells; words that only ask or address tell nothing."""
    read = accented_syllables if has_diacritics(question.cleaned) else syllables
    asking = _asking(fold)
    weights = {
        term: rarity(term, library)
        for term in dict.fromkeys(terms(question.searched))
        if not all(part in asking for part in term.split("_"))
    }
    pairs = [term for term in weights if "_" in term]
    frequency = library.retriever.lexical.document_frequency
    return Telling(
        weights=weights,
        words={
            word: rarity(_plain(word), library)
            for word in dict.fromkeys(read(question.searched))
            if word not in _asking(_key(read))
        },
        synonyms=tuple(synonyms(question.searched)),
        read=read,
        known=sum(frequency(pair) > 0 for pair in pairs) / len(pairs) if pairs else 1.0,
    )


def rarity(term: str, library: Library) -> float:
    """Inverse document frequency as in BM25."""
    lexical = library.retriever.lexical
    frequency = lexical.document_frequency(term)
    return math.log(1 + (lexical.size - frequency + 0.5) / (frequency + 0.5))


def _share(weights: Mapping[str, float], held: frozenset[str], by_synonym: frozenset[str]) -> float:
    total = sum(weights.values())
    if not total:
        return 0.0
    said = sum(w if term in held else _SYNONYM * w * (_plain(term) in by_synonym) for term, w in weights.items())
    return said / total


def _plain(word: str) -> str:
    """A syllable as the lexical index holds it, without the tone that `accented_syllables` writes last."""
    return fold(word).rstrip("12345") if not word.isdigit() else word


def _key(read: Callable[[str], list[str]]) -> Callable[[str], str]:
    return fold if read is syllables else _accented


def _accented(word: str) -> str:
    return "".join(accented_syllables(word))


@cache
def _asking(key: Callable[[str], str]) -> frozenset[str]:
    return frozenset(key(word) for kind in ("words", "chat") for word in strings("question_words.toml", kind))


@lru_cache(maxsize=256)
def _read(read: Callable[[str], list[str]], text: str) -> frozenset[str]:
    return frozenset(read(text))


@lru_cache(maxsize=16384)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))


_spaced = lru_cache(maxsize=16384)(spaced)
