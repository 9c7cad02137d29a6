"""Diacritics for questions typed without them: trigrams of syllables, learnt from official texts.

What was learnt lies in `data/diacritics.npz`; `data/diacritics.json` names its source, licence, command and hashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.normalise.keys import fold_word, tone_last

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MODEL = Path(__file__).parent / "data" / "diacritics.npz"

# Ids of the vocabulary that are no words. A number tells much ("ngày 5"), so all numbers are one word.
BOUNDARY, NUMBER, UNKNOWN = 0, 1, 2
NOT_WORDS = ("\n", "0", "")
BITS = 14  # of a word's id in the key of a bigram or a trigram
STEPS = 10.0  # counts are stored as round(STEPS * ln(count)): at most 5 % off, one byte each

# This and `Smoothing` were chosen by `python -m evaluation.diacritics --tune`.
TEXTS_WEIGHT = 300.0  # how often each n-gram of the texts given to `with_texts` counts
# Measured (development): 0.5 leaves 12 % of the syllables wrong where half of them lost their marks, 0.9 leaves 1 %,
# and either changes at most 0.2 % of Zalo questions that are typed in full.
MARKED_SHARE = 0.9  # a text with at least this share of its syllables marked is left as it is
USUAL_SHARE = 0.77  # of the syllables of official texts carry a mark
LEAST_WORDS = 1 / 3  # a text with fewer Vietnamese syllables among its words is not Vietnamese: left as it is

_TOKEN = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+|[.;:?!\n]")
_CHUNK = re.compile(r"\S+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:uye|uya|uyu|uou|oai|oay|oao|oeo|uay|uoi|ieu|yeu|ye|ia|ie|ua|ue|uo|uy|uu|ui|oa|oe|oi|oo|ai|ao|au|ay|eo|eu|iu|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?|gi(?:n|ng|m|p|t|ch|nh)?"
)
# Addresses, numbers of documents, English contractions: nothing in them is restored.
_OPAQUE = re.compile(r"(?=.*[^\W\d_]).*(?:\d|@|://|www\.|\w['’]\w|\w\.(?:vn|com|gov|org|net)\b)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Smoothing:
    """What is left to the shorter n-gram: at least `*_least`, the more the rarer the context beside `*_strength`.

    Questions are of another register than laws, so that a good share is left however frequent the context.
    """

    bigram_least: float = 0.1
    bigram_strength: float = 50.0
    trigram_least: float = 0.6
    trigram_strength: float = 20.0


def is_syllable(word: str) -> bool:
    """Whether a lower-case word is shaped like a Vietnamese syllable: "thanh", "thành"; not "ubnd", "index"."""
    return _SYLLABLE.fullmatch(fold_word(word)) is not None


def tokens(text: str) -> list[str]:
    """Words, numbers and ends of sentences of an NFC text. Commas are no tokens: questions leave them out."""
    return _TOKEN.findall(text)


def entry(token: str) -> str:
    """What a lower-case token counts as: a syllable with its marks, an abbreviation without, a number, a boundary."""
    if token[0].isdigit():
        return NOT_WORDS[NUMBER]
    if not token[0].isalpha():
        return NOT_WORDS[BOUNDARY]
    return token if is_syllable(token) else fold_word(token)


@dataclass(frozen=True, slots=True)
class Ngrams:
    """Counts: `words` by id; keys of bigrams and trigrams sorted, a word's id in every `BITS` bits."""

    words: tuple[str, ...]
    unigrams: Floats
    pairs: Ids
    pair_counts: Floats
    triples: Ids
    triple_counts: Floats

    def mixed_with(self, other: Ngrams, weight: float) -> Ngrams:
        """The sum of both, the other's counts times a weight; `other.words` must begin with the words of this one."""
        unigrams = weight * other.unigrams
        unigrams[: len(self.unigrams)] += self.unigrams
        pairs, pair_counts = _sum(self.pairs, self.pair_counts, other.pairs, weight * other.pair_counts)
        triples, triple_counts = _sum(self.triples, self.triple_counts, other.triples, weight * other.triple_counts)
        return Ngrams(other.words, unigrams, pairs, pair_counts, triples, triple_counts)


def _sum(keys: Ids, counts: Floats, more: Ids, extra: Floats) -> tuple[Ids, Floats]:
    every, place = np.unique(np.concatenate([keys, more]), return_inverse=True)
    summed: Floats = np.bincount(place, np.concatenate([counts, extra])).astype(np.float64)
    return every.astype(np.int64), summed


def count(stream: Sequence[int], words: tuple[str, ...]) -> Ngrams:
    """Count the n-grams of a stream of ids."""
    ids = np.array(stream, dtype=np.int64)
    unigrams = np.bincount(ids, minlength=len(words)).astype(np.float64)
    pairs, pair_counts = np.unique(_key(ids[:-1], ids[1:]), return_counts=True)
    triples, triple_counts = np.unique(_key(_key(ids[:-2], ids[1:-1]), ids[2:]), return_counts=True)
    return Ngrams(words, unigrams, pairs, pair_counts.astype(float), triples, triple_counts.astype(float))


def _key(first: Ids, second: Ids) -> Ids:
    key: Ids = (first << BITS) | second
    return key


def load_ngrams(path: Path = MODEL) -> Ngrams:
    """Read what `evaluation.learn_diacritics` wrote: rows of seconds for each first, of thirds for each pair."""
    with np.load(path, allow_pickle=False) as stored:
        words = tuple(stored["words"].tobytes().decode("utf-8").split("\t"))
        firsts = np.repeat(np.arange(len(words), dtype=np.int64), stored["seconds_of"])
        pairs = _key(firsts, stored["seconds"].astype(np.int64))
        triples = _key(np.repeat(pairs, stored["thirds_of"]), stored["thirds"].astype(np.int64))
        return Ngrams(
            words,
            stored["unigrams"].astype(np.float64),
            pairs,
            np.exp(stored["pair_counts"] / STEPS),
            triples,
            np.exp(stored["triple_counts"] / STEPS),
        )


class Restorer:
    """Restores diacritics; holds no state of a question, so threads may share it.

    >>> default_restorer().restore("quy che cong tac dan van, 290-QD/TW")
    'quy chế công tác dân vận, 290-QD/TW'
    """

    def __init__(self, ngrams: Ngrams, smoothing: Smoothing | None = None) -> None:
        self._ngrams = ngrams
        self._smoothing = smoothing or Smoothing()
        self._ids = {tone_last(word): id_ for id_, word in enumerate(ngrams.words) if id_ > UNKNOWN}
        readings: dict[str, list[int]] = {}
        for id_, word in enumerate(ngrams.words):
            if id_ > UNKNOWN and is_syllable(word):
                readings.setdefault(fold_word(word), []).append(id_)
        self._readings = {folded: np.array(ids, dtype=np.int64) for folded, ids in readings.items()}
        self._bare = np.array([word.isascii() for word in ngrams.words])
        # A word never counted would have the logarithm of nothing.
        self._single = (ngrams.unigrams + 0.1) / (ngrams.unigrams + 0.1).sum()

    def with_texts(self, texts: Iterable[str], weight: float = TEXTS_WEIGHT) -> Restorer:
        """A restorer that also counts the n-grams of these texts, `weight` times each, and knows their syllables."""
        words = list(self._ngrams.words)
        ids = dict(self._ids)
        stream: list[int] = []
        for text in texts:
            stream += [BOUNDARY, BOUNDARY]
            for token in tokens(unicodedata.normalize("NFC", text).lower()):
                word = entry(token)
                if word not in NOT_WORDS and len(words) < 1 << BITS and tone_last(word) not in ids:
                    ids[tone_last(word)] = len(words)
                    words.append(word)
                stream.append(_id(word, ids))
        if len(stream) < 3:
            return self
        return Restorer(self._ngrams.mixed_with(count(stream, tuple(words)), weight), self._smoothing)

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is in the vocabulary: with its marks, or without any as the folded form of one."""
        return tone_last(word) in self._ids or (word.isascii() and word in self._readings)

    def restore(self, text: str, always: frozenset[int] = frozenset()) -> str:
        """The text with diacritics on syllables typed without them; everything else stays, white space included.

        A text of which `MARKED_SHARE` of the syllables carry marks is returned as it is, as is one that is not
        Vietnamese; but syllables at the offsets `always` are restored in any Vietnamese text. About 1 ms a question.
        """
        found = _read(text)
        lowered = [_lower(word) for word, _, _ in found]
        free = [not fixed and word.isascii() and word in self._readings
                for word, (_, _, fixed) in zip(lowered, found, strict=True)]  # fmt: skip
        words = sum(word[0].isalpha() for word in lowered)
        marked = sum(not word.isascii() and is_syllable(word) for word in lowered)
        bare = sum(free)
        if not bare or marked + bare < LEAST_WORDS * words:
            return text
        if marked >= MARKED_SHARE * (marked + bare) or (always and marked > bare):
            free = [is_free and start in always for is_free, (_, start, _) in zip(free, found, strict=True)]
            if not any(free):
                return text
        # The share of marks that the writer left out, were the text a usual one: 1 where no syllable has any.
        left_out = max(1 - marked / (marked + bare) / USUAL_SHARE, 0.01)
        columns = [
            self._readings[word] if is_free else np.array([_id(entry(word), self._ids)])
            for word, is_free in zip(lowered, free, strict=True)
        ]
        parts: list[str] = []
        end = 0
        for (typed, start, _), is_free, chosen in zip(found, free, self._decode(columns, left_out), strict=True):
            if is_free:
                parts += (text[end:start], _cased(self._ngrams.words[chosen], typed))
                end = start + len(typed)
        return "".join([*parts, text[end:]])

    def _decode(self, columns: list[Ids], left_out: float) -> list[int]:
        """Viterbi: the ids, one of each column, whose product of trigram probabilities is the largest."""
        smoothing = self._smoothing
        start = np.array([BOUNDARY])
        columns = [start, start, *columns]
        pairs = _look_up(self._ngrams.pairs, self._ngrams.pair_counts,
                         [_key(a[:, None], b[None, :]) for a, b in pairwise(columns)])  # fmt: skip
        triples = _look_up(self._ngrams.triples, self._ngrams.triple_counts,
                           [_key(_key(a[:, None, None], b[None, :, None]), c)
                            for a, b, c in zip(columns, columns[1:], columns[2:], strict=False)])  # fmt: skip
        score: Floats = np.zeros((1, 1))
        best: list[Ids] = []
        for t in range(2, len(columns)):
            ids = columns[t]
            two = _mix(pairs[t - 1], self._ngrams.unigrams[columns[t - 1]][:, None], self._single[ids],
                       smoothing.bigram_least, smoothing.bigram_strength)  # fmt: skip
            three = np.log(_mix(triples[t - 2], pairs[t - 2][:, :, None], two,
                                smoothing.trigram_least, smoothing.trigram_strength))  # fmt: skip
            if left_out < 1 and len(ids) > 1:
                three = three + np.where(self._bare[ids], 0.0, np.log(left_out))
            total = score[:, :, None] + three
            best.append(total.argmax(axis=0))
            score = total.max(axis=0)
        before, last = (int(place) for place in np.unravel_index(int(score.argmax()), score.shape))
        chosen: list[int] = []
        for t in range(len(columns) - 1, 1, -1):
            chosen.append(int(columns[t][last]))
            before, last = int(best[t - 2][before, last]), before
        return chosen[::-1]


def _look_up(keys: Ids, counts: Floats, wanted: list[Ids]) -> list[Floats]:
    """The counts of all n-grams of a text at once: one call of numpy instead of one a syllable."""
    flat = np.concatenate([one.ravel() for one in wanted])
    places = np.minimum(np.searchsorted(keys, flat), len(keys) - 1)
    values = np.where(keys[places] == flat, counts[places], 0.0)
    ends = np.cumsum([one.size for one in wanted])[:-1]
    return [part.reshape(one.shape) for part, one in zip(np.split(values, ends), wanted, strict=True)]


def _mix(counts: Floats, contexts: Floats, shorter: Floats, least: float, strength: float) -> Floats:
    """Jelinek-Mercer interpolation (1980): the rarer a context, the more is left to the shorter n-gram."""
    share = np.maximum(least, strength / (contexts + strength))
    mixed: Floats = (1 - share) * counts / np.maximum(contexts, 1) + share * shorter
    return mixed


def _read(text: str) -> list[tuple[str, int, bool]]:
    """The tokens of a text with their offsets, and whether a token is to stay as typed."""
    shouted = not any(character.islower() for character in text)
    read = []
    for chunk in _CHUNK.finditer(text):
        opaque = _OPAQUE.match(chunk[0]) is not None
        read += [(token[0], chunk.start() + token.start(), opaque) for token in _TOKEN.finditer(chunk[0])]
    upper = [len(word) > 1 and word.isupper() and is_syllable(_lower(word)) for word, _, _ in read]
    kept = []
    for place, (word, start, opaque) in enumerate(read):
        # "TU" beside small letters is an abbreviation; "DAN VAN" is not.
        lonely = word.isupper() and len(word) > 1 and not any(upper[max(place - 1, 0) : place] + upper[place + 1 :][:1])
        kept.append((word, start, opaque or (lonely and not shouted)))
    return kept


@lru_cache(maxsize=16384)
def _lower(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower()


def _id(word: str, ids: dict[str, int]) -> int:
    return NOT_WORDS.index(word) if word in NOT_WORDS else ids.get(tone_last(word), UNKNOWN)


def _cased(word: str, typed: str) -> str:
    return "".join(new.upper() if old.isupper() else new for new, old in zip(word, typed, strict=True))


@lru_cache(maxsize=1)
def default_restorer() -> Restorer:
    """The restorer of the stored counts, read once."""
    return Restorer(load_ngrams())
