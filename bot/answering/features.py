"""What is measured of a statement: `bot.answering.confidence` makes a probability of it."""

from __future__ import annotations

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether a statement answers its question; rarities are inverse document frequencies."""

    share: float  # of the question's syllables and pairs in the sentence, by rarity
    own: float  # of its words in the sentence
    rest: float  # the same without the words that name the document
    around: float  # of its words in the sentence, its passage and the headings above
    missing: float  # rarity of the rarest word that stands in none of them
    gap: float  # how far the next best sentence of the same directive is behind
    margin: float  # lead, by words alone, of a sentence without what is asked for: 0 where none leads, else negative
    similarity: float  # cosine of question and passage; 0 where the words alone found it
    nearness: float  # of the sentence in meaning, in standard deviations above the mean of all sentences found
    lacks_noun: float  # 1 where the noun that is asked for ("bút danh gì") stands neither in it nor above it
    lacks_meaning: float  # 1 where a meaning is asked for and it explains nothing
    known: float  # of the question's pairs of words, in any stored text
    words: float  # how many words the question has that tell something
    length: float  # of the question, in words
    asks_list: float  # 1 where the question wants every item
    asks_who: float  # 1 where it wants a body or a person
    asks_number: float  # 1 where it wants a number

    def vector(self) -> tuple[float, ...]:
        """The features in the order in which they are learnt."""
        return astuple(self)
