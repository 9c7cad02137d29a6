"""`docs/evaluation.md`: every section is the output of a command, named above it, and a plot of retrieval."""

from __future__ import annotations

from pathlib import Path

from bot.settings import Settings
from evaluation.alqac import alqac_report
from evaluation.answer_report import answers_report
from evaluation.diacritics import diacritics_report
from evaluation.facts import altered_report, facts_report
from evaluation.gold import load_questions
from evaluation.letterheads import letterheads_report
from evaluation.reports import questions_report, retrieval_report
from evaluation.retrieval import CUTS, recall
from evaluation.speed import speed_report
from index.corpus import load_corpus
from index.library import Library

# Reported once: a second run would no longer be unseen.
_REPORTED = Path(__file__).parent / "reported" / "facts-unseen.md"
_HEAD = """<!-- Made by `danvan-evaluate report`; do not edit. -->

# Evaluation

Measured on a shared machine with two cores: compare ratios, not absolute times. The gold questions
(`evaluation/gold/foundation.jsonl`) were written by a reader of the directives who had not seen the code; the
*development* half was used for choices, the *test* half is only reported. Evidence lies in the first k passages when
they cover at least 90 % of its characters. An answer is right when it holds all key facts and cites the right document.

A larger set (`evaluation/gold/answers-*.jsonl`: 637 questions, 46 dialogues) was written by two further readers.
Its test part is frozen (`answers-test.sha256`) and has not been asked yet: the strategies are not finished, and it is
to be reported once. The restorer's figures on the foundation questions are not blind (its author had seen them
printed); the 500 Zalo questions are.

![Recall of the evidence, test part](images/retrieval.svg)
"""


def write_report(settings: Settings, shared: Path, docs: Path, dense: bool) -> None:
    """Write the page and its plot into a docs folder."""
    data = shared / "data"
    flag = " --dense" if dense else ""
    sections = [
        ("Retrieval, test part", "retrieval --part test", retrieval_report(settings, "foundation", "test")),
        ("Retrieval, development part", "retrieval", retrieval_report(settings, "foundation", "development")),
        ("Answers, test part", "questions --part test", questions_report(settings, "foundation", "test")),
        ("Answers to the large set, development part", "answers", answers_report(settings, "development")),
        ("Restoring diacritics", "diacritics", diacritics_report(shared, load_corpus(settings.corpus))),
        ("Facts, the corpus", "facts", facts_report(settings.corpus, None)),
        ("Facts, altered copies", "altered", altered_report(settings.corpus)),
        ("Facts, two unseen documents", "facts --shared FOLDER", _REPORTED.read_text(encoding="utf-8").strip()),
        ("ALQAC", f"alqac{flag}", alqac_report(data / "alqac", settings, dense)),
        ("Letterheads of real documents", "letterheads", letterheads_report(data / "real-directives")),
        ("Time and memory", "speed", speed_report(settings)),
    ]
    blocks = [f"## {title}\n\n`danvan-evaluate {command}`\n\n{output}\n" for title, command, output in sections]
    (docs / "images").mkdir(parents=True, exist_ok=True)
    _plot(settings, docs / "images" / "retrieval.svg")
    (docs / "evaluation.md").write_text("\n".join([_HEAD, *blocks]), encoding="utf-8")


def _plot(settings: Settings, path: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "danvan"  # the same picture from the same figures
    from matplotlib import pyplot

    questions = [question for question in load_questions("foundation") if question.part == "test"]
    figure, axes = pyplot.subplots(figsize=(6, 3))
    with Library.open(settings) as library:
        for diacritics, label in ((True, "with diacritics"), (False, "without diacritics")):
            found = recall(library, [question for question in questions if question.diacritics is diacritics])
            axes.plot([str(k) for k in CUTS], [found.at[k] for k in CUTS], marker="o", label=label)
    axes.axhline(0.85, linestyle=":", color="grey")
    axes.set(xlabel="first k passages", ylabel="recall of the evidence", ylim=(0, 1.05))
    axes.legend(loc="lower right")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
