from __future__ import annotations

from pathlib import Path

from bot.settings import Settings
from evaluation.answer_gold import load_answers
from evaluation.baselines import compare, figures, shares, table
from evaluation.plots import plot_bars
from evaluation.retrieval import Ranks, evidence_rank
from index.directive import Directive, Span
from index.library import Library


def test_a_baseline_answers_everything_and_the_assistant_does_better(
    settings: Settings, directives: dict[str, Directive], tmp_path: Path
) -> None:
    singles = load_answers("development")[0][::5]
    systems = compare(settings, singles)
    assert list(systems) == ["assistant", "hybrid search", "BM25"]
    for name in ("hybrid search", "BM25"):
        answers = [got.answer for _, got in systems[name].pairs]
        assert {answer.status for answer in answers} == {"answered"}
        assert all(got.valid for _, got in systems[name].pairs)
        assert figures(systems[name], directives)["unanswerable: refused or corrected"] == "0.000"
        assert shares(systems[name])["unanswerable"] < shares(systems["assistant"])["unanswerable"]
        assert shares(systems[name])["answerable"] > 0.3
    assert table(settings, systems).count("\n") == len(figures(systems["BM25"], directives)) + 1
    pictures = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for path in pictures:
        plot_bars(path, {name: shares(system) for name, system in systems.items()}, "right", 0.9)
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    assert pictures[0].stat().st_size > 5000


def test_the_rank_of_evidence_is_where_it_is_covered(library: Library) -> None:
    document = "nghe-an-04-da-tu-2021"
    text = library.directive(document).text
    start = text.index("UBND các cấp thành lập")
    wanted = [(document, text[start : start + 100])]
    elsewhere = ("phu-yen-nq-btv-tinh-uy", Span(start, start + 100))
    halves = [(document, Span(start, start + 50)), (document, Span(start + 50, start + 120))]
    assert evidence_rank(library, wanted, [elsewhere, *halves]) == 3
    assert evidence_rank(library, wanted, [elsewhere, halves[0]]) is None
    assert evidence_rank(library, wanted, []) is None


def test_recall_and_reciprocal_rank() -> None:
    ranks = Ranks((1, 4, None, 2))
    assert [ranks.recall(cut) for cut in (1, 2, 5)] == [0.25, 0.5, 0.75]
    assert ranks.mrr == (1 + 1 / 4 + 1 / 2) / 4
    assert Ranks(()).mrr == Ranks(()).recall(5) == 0
