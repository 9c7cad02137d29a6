"""`docs/evaluation.md`: every section is the output of a command, named above it, and its plots."""

from __future__ import annotations

from pathlib import Path

from bot.answering.assistant import Assistant
from bot.settings import Settings
from evaluation.alqac import alqac_report
from evaluation.answer_gold import DEVELOPMENT, HELD, Part, load_answers
from evaluation.answer_report import answers_report
from evaluation.answer_runs import LOG
from evaluation.answers_altered import answers_altered_report
from evaluation.baselines import compare, shares, table
from evaluation.diacritics import diacritics_report
from evaluation.facts import SEEDS, altered_report, facts_report
from evaluation.fuzz import fuzz
from evaluation.fuzz_inputs import FUZZED
from evaluation.gold import load_questions
from evaluation.letterheads import letterheads_report
from evaluation.plots import plot_bars, plot_lines
from evaluation.reports import questions_report, retrieval_report
from evaluation.retrieval import recall
from evaluation.speed import speed_report
from evaluation.unseen import unseen_report
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
Its test part is frozen (`answers-test.sha256`); every run on it is logged below. Later readers, none of whom had seen
the code or another set, wrote further ones; each was first asked blind. Right answers, all questions:

| set | questions | asked blind | since tuned on |
|---|---|---|---|
| second | 200 | 0.590, by an older program | yes |
| third | 150 | 0.773 | yes |
| fourth: chat, false premises, paraphrases and other hard kinds | 150 | 0.647 | yes |
| fifth, with 40 dialogues | 170 | 0.718; turns 0.667 | yes |
| sixth | 178 | 0.635 | no: its mistakes were never looked at, its figures were, as a check |
| seventh: nearly all without diacritics | 150 | 0.693 | yes |
| eighth: false premises, paraphrases, summaries, lists and other hard kinds | 150 | 0.587 | yes |
| ninth: cited documents, duties, outlines, near misses | 150 | 0.687 | yes |
| tenth: every kind | 200 | 0.760 | no: as the sixth |
| eleventh: paraphrases and details of long sentences, a third without diacritics | 180 | 0.700 | yes |
| twelfth: every kind | 150 | 0.800 | no: as the sixth |
| thirteenth: the same, a third without diacritics, a fifth with slips | 150 | 0.840 | yes |
| fourteenth: comparisons, duties, lists, summaries, ambiguous and spoken questions | 120 | 0.675 | yes |
| fifteenth: false premises, near misses, yes-no and spoken questions without diacritics | 110 | 0.755 | yes |
| sixteenth: every kind | 150 | 0.827 | no: as the sixth |
| seventeenth: documents themselves, legal bases, definitions, outlines | 90 | 0.789 | yes |
| eighteenth: duties, summaries, phrases, validity | 80 | 0.787 | yes |
| nineteenth: as the seventeenth, in wordings as unlike as possible | 80 | 0.713 | yes |
| twentieth: duties, summaries, phrases, comparisons, false premises, likewise | 80 | 0.637 | yes |
| three real directives that nothing was written for | 75 | 0.440, by an older program | yes |
| three more | 120 | 0.542 | yes |

Figures of the sets that were tuned on are of questions that were looked at; the frozen part, the sixth, tenth,
twelfth and sixteenth set tell what to expect of a new question, and the goal of 0.90 is missed. (After the first run
on the frozen part the first nine of its mistakes were seen in print. Nothing was tuned on them but one plain error:
"số mấy về" was counted as "mấy vế".) Dates and numbers of documents are compared in one form ("05-9-2016" is
"05/9/2016").
The restorer's figures on the foundation questions are not blind (its author had seen them printed); the 500 Zalo
questions are.

![Recall of the evidence, test part](images/retrieval.svg)

![Right answers beside plain retrieval, development part](images/answers.svg)

Of the answers: *refusal precision* is the share of *not_found* that was expected, *refusal recall* the share of what
must be refused that was refused or corrected. *Of another place* means that a supporting or correcting citation is of
a province that the question is not about. A *key fact in a quotation* is verbatim there (case and diacritics aside),
not only in the answer's text. A baseline answers every question with its first passage, whole.
"""
_FURTHER: tuple[Part, ...] = (*DEVELOPMENT[1:], *HELD)
_NO_RUN = "The frozen part has not been asked yet."


def write_report(settings: Settings, shared: Path, docs: Path, dense: bool) -> None:
    """Write the page and its plots into a docs folder."""
    data = shared / "data"
    flag = " --dense" if dense else ""
    systems = compare(settings, load_answers("development")[0])
    sections = [
        ("Retrieval, test part", "retrieval --part test", retrieval_report(settings, "foundation", "test")),
        ("Retrieval, development part", "retrieval", retrieval_report(settings, "foundation", "development")),
        ("Answers, test part", "questions --part test", questions_report(settings, "foundation", "test")),
        ("Answers to the large set, development part", "answers", answers_report(settings, "development")),
        *(
            (f"Answers to the {part} set", f"answers --part {part}", answers_report(settings, part))
            for part in _FURTHER
        ),
        ("Answers on unseen directives", "answers-unseen", unseen_report(data / "real-directives")),
        ("Runs on the frozen part of the large set", "answers --part test", _runs()),
        ("Answers beside plain retrieval, development part", "baselines", table(settings, systems)),
        ("Answers, altered copies", "answers-altered", answers_altered_report(settings, SEEDS)),
        ("Any text at all", f"fuzz --count {FUZZED} --seed 0", _fuzzed(settings)),
        ("Restoring diacritics", "diacritics", diacritics_report(shared, load_corpus(settings.corpus))),
        ("Facts, the corpus", "facts", facts_report(settings.corpus, None)),
        ("Facts, altered copies", "altered", altered_report(settings.corpus)),
        ("Facts, two unseen documents", "facts --shared FOLDER", _REPORTED.read_text(encoding="utf-8").strip()),
        ("ALQAC", f"alqac{flag}", alqac_report(data / "alqac", settings, dense)),
        ("Letterheads of real documents", "letterheads", letterheads_report(data / "real-directives")),
        ("Time and memory", "speed", speed_report(settings)),
    ]
    blocks = [f"## {title}\n\n`danvan-evaluate {command}`\n\n{output}\n" for title, command, output in sections]
    plot_lines(
        docs / "images" / "retrieval.svg", _recalls(settings), ("first k passages", "recall of the evidence"), goal=0.85
    )
    plot_bars(
        docs / "images" / "answers.svg",
        {name: shares(system) for name, system in systems.items()},
        "share of right answers",
        goal=0.9,
    )
    (docs / "evaluation.md").write_text("\n".join([_HEAD, *blocks]), encoding="utf-8")


def _recalls(settings: Settings) -> dict[str, dict[int, float]]:
    questions = [question for question in load_questions("foundation") if question.part == "test"]
    with Library.open(settings) as library:
        return {
            f"{'with' if diacritics else 'without'} diacritics": recall(
                library, [question for question in questions if question.diacritics is diacritics]
            ).at
            for diacritics in (True, False)
        }


def _runs() -> str:
    return LOG.read_text(encoding="utf-8").strip() if LOG.exists() else _NO_RUN


def _fuzzed(settings: Settings) -> str:
    with Assistant(settings) as assistant:
        return str(fuzz(assistant, FUZZED, seed=0))
