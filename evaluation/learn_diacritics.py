"""Learn the counts that `bot.question.diacritics` restores with: of laws, of spoken questions, of names of places.

`python -m evaluation.learn_diacritics --shared FOLDER --output bot/question/data/diacritics.npz` writes the file and a
JSON file beside it. The same corpus gives the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bot.question.diacritics import (
    BITS,
    BOUNDARY,
    MODEL,
    NOT_WORDS,
    STEPS,
    UNKNOWN,
    Ngrams,
    count,
    entry,
    is_syllable,
    tokens,
)
from evaluation.shared import shared_folder
from evaluation.tuning.questions import TRAINING
from index.data import strings
from index.normalise.keys import tone_last

CORPUS = Path("data/phapdien-zalo/corpus.jsonl.gz")

# Rarer words and n-grams are left out for the size of the file; trigrams counted twice mend 0.1 % of syllables.
LEAST_WORD, LEAST_PAIR, LEAST_TRIPLE = 3, 1, 2

# How people ask is not how laws are written. These phrases were written by hand for this project, in general terms.
PHRASES_WEIGHT = 1500  # of 100, 400, 1500: the best on Zalo questions and on development gold questions alike
PHRASES = """
mấy ngày; mấy năm; mấy lần; mấy người; mấy cái; mấy loại; mấy điểm; mấy tháng; mấy giờ; số mấy; ngày mấy; năm mấy
tháng mấy; điều mấy; khoản mấy; có mấy; gồm mấy; là mấy; thứ mấy; ít nhất mấy; tối thiểu mấy
là gì; làm gì; cái gì; nói gì; gồm những gì; về việc gì; về cái gì; có gì; tên gì; tên là gì
như thế nào; thế nào; ra sao; tại sao; vì sao; bao giờ; từ bao giờ; khi nào; lúc nào; hôm nào; ngày nào; nơi nào
ở đâu; về đâu; từ đâu; đến đâu; gửi đâu; đi đâu; nằm ở đâu; nêu ở đâu; ghi ở đâu
là ai; do ai; ai ký; ai là người; ai viết; ai làm; ai đứng đầu; ai chịu trách nhiệm; ai chủ trì; ai phải; của ai
cho ai; giao ai; giao cho ai; gửi ai
bao nhiêu; bao lâu; trong bao lâu; đến bao nhiêu; số bao nhiêu; ngày bao nhiêu; bao nhiêu phần trăm; bao nhiêu tiền
có phải không; phải không; có được không; được không; có đúng không; đúng không; có cần không; có bị không
hay không; chưa; rồi; hả; nhỉ; nhé; vậy; à; ạ
cho hỏi; cho tôi hỏi; cho em hỏi; cho mình hỏi; xin hỏi; cho biết; cho tôi biết; cho xin; tôi muốn biết; tôi muốn hỏi
muốn biết; muốn hỏi; hãy cho biết; nhờ chỉ giúp; giúp tôi; tìm giúp; liệt kê; tóm tắt; giải thích; tôi cần; mình cần
"""

# Nor how they speak: the questions that the embedded model is tuned on, and the names of provinces, which laws hardly
# name. The weights were chosen by hand, by the development gold questions and the Zalo questions kept for choices.
SPOKEN_WEIGHT, PLACES_WEIGHT = 60, 1000
LEAST_MARKED = 0.5  # of the syllables of a question that was typed with diacritics
BEFORE_PLACES = ("", "ở ", "của ", "tỉnh ", "bên ", "thành phố ")


def learn(corpus: Path) -> Ngrams:
    """Count the texts, give both spellings of a tone (hòa, hoà) to the one that is more frequent, and prune."""
    articles = [tokens(text) for text in _texts(corpus)]
    extra = {
        weight: [tokens(unicodedata.normalize("NFC", text).lower()) for text in texts]
        for weight, texts in (
            (PHRASES_WEIGHT, re.split(r"\s*[;\n]\s*", PHRASES.strip())),
            (SPOKEN_WEIGHT, spoken()),
            (PLACES_WEIGHT, [f"{before}{name}" for name in _provinces() for before in BEFORE_PLACES]),
        )
    }
    counted = Counter(token for article in articles for token in article)
    for weight, texts in extra.items():
        for token, number in Counter(token for text in texts for token in text).items():
            counted[token] += number * weight
    spelled: Counter[str] = Counter()
    for token, number in counted.items():
        spelled[entry(token)] += number
    usual: dict[str, str] = {}
    together: Counter[str] = Counter()
    for word, number in sorted(spelled.items(), key=lambda one: (-one[1], one[0])):
        together[usual.setdefault(tone_last(word), word)] += number
    # Two tones in one syllable are a slip of the keyboard.
    kept = [word for word, number in together.items()
            if number >= LEAST_WORD and word not in NOT_WORDS and len(tone_last(word)) <= len(word) + 1]  # fmt: skip
    words = (*NOT_WORDS, *sorted(kept, key=lambda word: (-together[word], word)))
    if len(words) > 1 << BITS:
        raise ValueError(f"{len(words)} words do not fit in {BITS} bits")
    by_word = {word: id_ for id_, word in enumerate(words)}
    ids = {token: by_word.get(usual[tone_last(entry(token))], UNKNOWN) for token in counted}
    ngrams = count(_stream(articles, ids), words)
    for weight, texts in extra.items():
        ngrams = ngrams.mixed_with(count(_stream(texts, ids), words), weight)
    return _pruned(ngrams)


def spoken() -> list[str]:
    """The questions of readers that were typed with diacritics."""
    files = sorted(TRAINING.glob("*/questions.jsonl"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [text for text in (json.loads(line)["question"] for line in lines) if _is_marked(text)]


def _is_marked(text: str) -> bool:
    syllables = [word for word in map(str.lower, tokens(unicodedata.normalize("NFC", text))) if is_syllable(word)]
    return bool(syllables) and sum(not word.isascii() for word in syllables) >= LEAST_MARKED * len(syllables)


def _provinces() -> list[str]:
    return [name for kind in ("provinces", "later") for name in strings("provinces.toml", kind)]


def _texts(corpus: Path) -> Iterator[str]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield unicodedata.normalize("NFC", f"{article['title']}\n{article['text']}").lower()


def _stream(articles: list[list[str]], ids: dict[str, int]) -> list[int]:
    """One stream of ids, a single boundary between sentences."""
    stream = [BOUNDARY]
    for article in articles:
        for token in article:
            if ids[token] != BOUNDARY or stream[-1] != BOUNDARY:
                stream.append(ids[token])
        if stream[-1] != BOUNDARY:
            stream.append(BOUNDARY)
    return stream


def _pruned(ngrams: Ngrams) -> Ngrams:
    pairs = ngrams.pair_counts >= LEAST_PAIR
    # A trigram across a boundary, or after an unknown word, tells nothing.
    first, second = ngrams.triples >> (2 * BITS), (ngrams.triples >> BITS) & ((1 << BITS) - 1)
    third = ngrams.triples & ((1 << BITS) - 1)
    triples = (ngrams.triple_counts >= LEAST_TRIPLE) & (second != BOUNDARY) & (third != BOUNDARY) & (third != UNKNOWN)
    triples &= (first != UNKNOWN) & (second != UNKNOWN)
    return Ngrams(
        ngrams.words,
        ngrams.unigrams,
        ngrams.pairs[pairs],
        ngrams.pair_counts[pairs],
        ngrams.triples[triples],
        ngrams.triple_counts[triples],
    )


def write(ngrams: Ngrams, output: Path) -> None:
    """Write the counts, compressed: for each word the ids that follow it, for each pair the ids that follow that."""
    owners = np.searchsorted(ngrams.pairs, ngrams.triples >> BITS)
    arrays: dict[str, Any] = {
        "words": np.frombuffer("\t".join(ngrams.words).encode("utf-8"), dtype=np.uint8),
        "unigrams": ngrams.unigrams.astype(np.uint32),
        "seconds_of": np.bincount(ngrams.pairs >> BITS, minlength=len(ngrams.words)).astype(np.uint16),
        "seconds": (ngrams.pairs & ((1 << BITS) - 1)).astype(np.uint16),
        "pair_counts": np.round(STEPS * np.log(ngrams.pair_counts)).astype(np.uint8),
        "thirds_of": np.bincount(owners, minlength=len(ngrams.pairs)).astype(np.uint16),
        "thirds": (ngrams.triples & ((1 << BITS) - 1)).astype(np.uint16),
        "triple_counts": np.round(STEPS * np.log(ngrams.triple_counts)).astype(np.uint8),
    }
    np.savez_compressed(output, **arrays)


def describe(ngrams: Ngrams, corpus: Path, output: Path) -> dict[str, Any]:
    """Source, licence, command, hashes and counts of a learnt file."""
    return {
        "source": "Pháp điển, the official codification of Vietnamese law (64,969 articles; phapdien-zalo)",
        "licence": "Official texts are outside copyright (Điều 15 Luật Sở hữu trí tuệ); only n-gram counts are kept",
        "phrases": "Phrases of questions in evaluation/learn_diacritics.py, written for this project, are counted too",
        "spoken": "So are the questions of evaluation/training that were typed with diacritics, and names of provinces",
        "spoken_sha256": hashlib.sha256("\n".join(spoken()).encode("utf-8")).hexdigest(),
        "command": "python -m evaluation.learn_diacritics --shared FOLDER --output bot/question/data/diacritics.npz",
        "input": str(CORPUS),
        "input_sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
        "output_sha256": hashlib.sha256(output.read_bytes()).hexdigest(),
        "words": len(ngrams.words),
        "bigrams": len(ngrams.pairs),
        "trigrams": len(ngrams.triples),
        "least_counts": {"word": LEAST_WORD, "bigram": LEAST_PAIR, "trigram": LEAST_TRIPLE},
    }


def main(
    output: Annotated[Path, typer.Option(help="File to write, ending in .npz")] = MODEL,
    shared: Annotated[Path | None, typer.Option(help="Folder with the public corpus (default: DANVAN_SHARED)")] = None,
) -> None:
    """Learn from the corpus and write the file with its description."""
    corpus = shared_folder(shared) / CORPUS
    ngrams = learn(corpus)
    write(ngrams, output)
    described = describe(ngrams, corpus, output)
    described_in = output.with_suffix(".json")
    described_in.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    typer.echo(f"{output}: {output.stat().st_size / 1e6:.2f} MB, {described['trigrams']} trigrams")


if __name__ == "__main__":
    typer.run(main)
