"""Learn the weights of `bot.answering.confidence`: which measured features of a statement make it a right answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

import bot.answering
from bot.answering.assistant import Assistant
from bot.answering.features import Features
from bot.answering.statements import statements
from bot.answering.telling import telling
from bot.question.question import understand
from bot.settings import Settings
from evaluation.answer_gold import DEVELOPMENT, Single, load_answers
from evaluation.answer_judge import says
from evaluation.gold import GOLD, Question, load_questions
from evaluation.unseen import UNSEEN, unseen_assistant, unseen_questions
from index.filters import Filters

WEIGHTS = Path(bot.answering.__file__).parent / "data" / "confidence.toml"
# Styles that passages do not answer: a typed fact, a summary or several places do.
_OTHERS = frozenset(
    {
        "english", "compare", "smalltalk", "outline", "validity", "summary", "metadata", "letterhead", "place",
        "definition", "invented_number", "invented_doc", "phrase", "injection", "other_province",
    }
)  # fmt: skip
_REPEATS, _FOLDS = 5, 5
_BY_HAND = 0.55  # the rule before anything was learnt
_POLARITY = frozenset({"Có", "Không"})


def learn_confidence(settings: Settings, documents: Path, write: Path | None = WEIGHTS) -> str:
    """Fit on every development question; the report gives cross-validated figures. Writes the weights, if told where.

    `documents` is the folder of the unseen texts. A statement without the kind of thing asked for is left out: it is
    never answered with.
    """
    rows = [*_corpus_rows(settings), *_unseen_rows(documents)]
    inputs = np.array([vector for vector, _ in rows])
    right = np.array([label for _, label in rows])
    areas, agreed = zip(*(_validated(inputs, right, seed) for seed in range(_REPEATS)), strict=True)
    model = _pipeline().fit(inputs, right)
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    named = dict(zip(_names(), weights, strict=True))
    if write is not None:
        lines = [
            "# Learnt by `danvan-evaluate confidence`; do not edit.",
            f"intercept = {intercept:.4f}",
            "",
            "[weights]",
        ]
        write.write_text("\n".join([*lines, *(f"{name} = {w:.4f}" for name, w in named.items())]) + "\n", "utf-8")
    return "\n".join(
        [
            f"{len(right)} statements, {right.mean():.3f} of them right",
            f"cross-validated ({_FOLDS} folds, {_REPEATS} times): area under the curve {np.mean(areas):.3f}, "
            f"right side of one half {np.mean(agreed):.3f}",
            f"by hand instead (the words around hold at least {_BY_HAND} of the question): right side "
            f"{((inputs[:, _names().index('around')] >= _BY_HAND) == right).mean():.3f}",
            *(f"{name}: {w:.3f}" for name, w in named.items()),
        ]
    )


def _corpus_rows(settings: Settings) -> Iterator[tuple[tuple[float, ...], bool]]:
    foundation = [_as_single(one) for one in load_questions("foundation") if one.part == "development"]
    written = [single for part in DEVELOPMENT for single in load_answers(part)[0]]
    with Assistant(settings) as assistant:
        yield from _rows(assistant, [*foundation, *written, *_out_of_field()])


def _unseen_rows(documents: Path) -> Iterator[tuple[tuple[float, ...], bool]]:
    for folder in UNSEEN:
        with unseen_assistant(documents, folder) as assistant:
            yield from _rows(assistant, unseen_questions(folder))


def _rows(assistant: Assistant, questions: Sequence[Single]) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The features of the best statement for each question, and whether it answers it."""
    with assistant.library.use() as library:
        for single in questions:
            if single.style in _OTHERS or single.kind not in ("answerable", "unanswerable"):
                continue
            question = understand(single.question, library)
            if len(question.provinces) > 1:
                continue
            filters = Filters(document_ids=question.documents, province=question.province)
            best = next(iter(statements(question, telling(question, library), library, filters)), None)
            if best is None or not best.fits:
                continue
            right = single.kind == "answerable" and best.directive.id in single.document_ids
            facts = [fact for fact in single.facts if fact[0] not in _POLARITY]
            yield best.features.vector(), right and all(says(best.text, fact) for fact in facts)


def _out_of_field() -> list[Single]:
    """Questions of daily life that no directive is about."""
    lines = (GOLD / "out-of-field.jsonl").read_text(encoding="utf-8").splitlines()
    return [Single.model_validate_json(line) for line in lines if line.strip()]


def _names() -> list[str]:
    """The names of the features, in the order of their vector."""
    return [field.name for field in fields(Features)]


def _as_single(question: Question) -> Single:
    """A question of the foundation set in the form of the large one."""
    return Single(
        id=question.id,
        question=question.question,
        expected_status=("answered",),
        document_ids=(question.document_id,),
        facts=question.answer_facts,
        style=question.style,
        kind="answerable" if question.answer_facts else "unanswerable",
        diacritics=question.diacritics,
    )


def _pipeline() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0))


def _validated(inputs: np.ndarray, right: np.ndarray, seed: int) -> tuple[float, float]:
    """Area under the curve, and share on the right side of one half, of predictions for folds that were left out."""
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
    predicted = cross_val_predict(_pipeline(), inputs, right, cv=folds, method="predict_proba")[:, 1]
    return float(roc_auc_score(right, predicted)), float(((predicted > 0.5) == right).mean())
