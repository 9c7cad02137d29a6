"""Distinct questions for a load: the development sets, and the same in other words around them."""

from __future__ import annotations

import random
from collections.abc import Iterator

from evaluation.answer_gold import DEVELOPMENT, load_answers

# What people put around a question. The first is the question as it is.
_AROUND = (
    "{}",
    "Cho hỏi: {}",
    "Xin hỏi {}",
    "{} Đề nghị trả lời giúp.",
    "Theo văn bản đang lưu, {}",
    "Đồng chí cho biết {}",
    "{} Xin cảm ơn.",
    "Nhờ tra giúp: {}",
    "Tôi cần biết: {}",
    "Kính đề nghị cho biết {}",
    "{} Tôi đang soạn báo cáo.",
    "Lãnh đạo hỏi: {}",
)


def distinct_questions(seed: int = 0) -> Iterator[str]:
    """Shuffled, no text twice: all as they are, then with other words around them; ends when none is left."""
    chance = random.Random(seed)
    gold = [single.question for part in DEVELOPMENT for single in load_answers(part)[0]]
    known: set[str] = set()
    for around in _AROUND:
        chance.shuffle(gold)
        for question in gold:
            text = around.format(question)
            if text not in known:
                known.add(text)
                yield text
