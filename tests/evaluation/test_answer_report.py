from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from bot import Assistant
from bot.answering.answer import Answer, Citation, Understood
from bot.settings import Settings
from evaluation import answer_measures as measure
from evaluation.answer_gold import Single, gold_hash, load_answers
from evaluation.answer_judge import Judged, ask_all, fault
from evaluation.answer_report import answers_report
from evaluation.answer_runs import commit, log_run
from evaluation.latency import Latency, percentile
from index.directive import Directive
from index.library import Library

NGHE_AN, PHU_YEN = "nghe-an-04-da-tu-2021", "phu-yen-nq-btv-tinh-uy"


def _single(**changes: object) -> Single:
    plain = {"id": "x", "question": "?", "expected_status": ["answered"], "style": "who", "kind": "answerable"}
    return Single.model_validate({**plain, "diacritics": True, **changes})


def _answer(status: str, text: str = "-", quotes: dict[str, str] | None = None, basis: str = "text") -> Answer:
    """An answer with a citation a document, whatever its text is."""
    provinces = {NGHE_AN: "Nghệ An", PHU_YEN: "Phú Yên"}
    known: dict[str, object] = dict.fromkeys(("number", "type", "title", "issuer", "issued_on"))
    known |= {
        "address": "-",
        "citation_line": "-",
        "url": "-",
        "role": "nearest" if status == "not_found" else "support",
    }
    citations = [
        Citation.model_validate(
            {**known, "marker": marker, "document_id": one, "province": provinces[one], "quote": quote, "start": 0}
            | {"end": len(quote)}
        )
        for marker, (one, quote) in enumerate((quotes or {}).items(), 1)
    ]
    question = Understood(text="?", understood_as="?")
    return Answer.model_validate(
        {"status": status, "answer": text, "basis": basis, "citations": citations, "question": question}
    )


def _pair(single: Single, answer: Answer) -> tuple[Single, Judged]:
    return single, Judged(single, answer, fault(single, answer), valid=True)


def test_refusals_are_counted_against_what_was_expected() -> None:
    answerable = _single()
    refusable = _single(expected_status=["not_found", "corrected"], kind="unanswerable")
    either = _single(expected_status=["answered", "not_found"])
    pairs = [
        _pair(answerable, _answer("not_found")),
        _pair(answerable, _answer("answered")),
        _pair(refusable, _answer("not_found")),
        _pair(refusable, _answer("corrected")),
        _pair(refusable, _answer("answered")),
        _pair(either, _answer("not_found")),
    ]
    precision, recall = measure.refusal_precision(pairs), measure.refusal_recall(pairs)
    assert (precision.count, precision.of) == (2, 3)
    assert (recall.count, recall.of) == (2, 3)
    assert (measure.wrongly_refused(pairs).count, measure.wrongly_refused(pairs).of) == (1, 2)
    assert str(recall) == "0.667 (2 of 3)"


def test_an_assertion_of_another_place_is_seen_and_a_nearest_passage_is_none(directives: dict[str, Directive]) -> None:
    asked = _single(id="asked", province="Nghệ An")
    unnamed = _single(id="unnamed", document_ids=[NGHE_AN])
    elsewhere = _single(id="elsewhere", style="other_province", expected_status=["not_found"], kind="unanswerable")
    pairs = [
        _pair(asked, _answer("answered", quotes={NGHE_AN: "a"})),
        _pair(asked.model_copy(update={"id": "near"}), _answer("not_found", quotes={PHU_YEN: "a"})),
        _pair(asked.model_copy(update={"id": "wrong"}), _answer("answered", quotes={NGHE_AN: "a", PHU_YEN: "b"})),
        _pair(unnamed, _answer("corrected", quotes={PHU_YEN: "a"})),
        _pair(elsewhere, _answer("answered", quotes={NGHE_AN: "a"})),
        _pair(_single(id="unknown"), _answer("answered", quotes={PHU_YEN: "a"})),
    ]
    share, wrong = measure.wrong_place(pairs, directives)
    assert (share.of, wrong) == (5, ["wrong", "unnamed", "elsewhere"])
    assert measure.wrong_place(pairs, directives, named=True)[1] == ["wrong", "elsewhere"]


def test_a_fact_must_stand_in_the_quotation_and_not_only_in_the_text() -> None:
    single = _single(facts=[["Có"], ["15%"], ["Sở Nội vụ"]])
    held = _pair(single, _answer("answered", "Có: 15%, Sở Nội vụ", {NGHE_AN: "Sở nội vụ giữ 15%"}))[1]
    lacking = _pair(single, _answer("answered", "Có: 15%, Sở Nội vụ", {NGHE_AN: "Sở Nội vụ giữ 115%"}))[1]
    wrong = _pair(single, _answer("answered", "15%"))[1]
    share, lack = measure.citation_support([held, lacking, wrong])
    assert (share.count, share.of, lack) == (3, 4, [lacking])
    assert measure.citation_support([held, lacking], "derived")[0].of == 0


def test_a_forbidden_fact_counts_whatever_else_is_wrong() -> None:
    single = _single(forbidden=["31/12"], facts=[["30/11"]])
    said = _pair(single, _answer("answered", "Trước 31/12"))[1]
    corrected = _pair(single, _answer("corrected", "Trước 31/12"))[1]
    refused = _pair(single, _answer("not_found", "31/12 không nêu"))[1]
    share = measure.forbidden([said, corrected, refused, _pair(_single(), _answer("answered"))[1]])
    assert (share.count, share.of) == (2, 3)


def test_the_evidence_is_found_among_citations_and_passages(assistant: Assistant, library: Library) -> None:
    singles = [one for one in load_answers("development")[0] if one.evidence][:12]
    run = ask_all(assistant, singles, [])
    assert len(measure.cited_ranks(library, run).ranks) == len(singles)
    assert measure.retrieved_ranks(library, run).recall(10) >= measure.retrieved_ranks(library, run).recall(1) > 0
    assert len(run.latency.asked) == len(run.latency.embedded) == len(singles)


def test_times_are_ratios_of_medians() -> None:
    assert Latency([2.0, 4.0, 30.0], [1.0, 2.0, 3.0]).ratio == 2
    assert Latency([2.0, 4.0, 30.0], [1.0, 2.0, 3.0]).slow_ratio == 15
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2
    calls: list[str] = []
    latency = Latency()
    for question in ("a", "b"):
        latency.measure(lambda text: calls.append(f"ask {text}"), lambda text: calls.append(f"embed {text}"), question)
    assert calls == ["ask a", "embed a", "embed b", "ask b"]


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A gold folder whose frozen part is a few questions of the development part."""
    folder = tmp_path / "gold"
    folder.mkdir()
    singles, dialogues = load_answers("development")
    rows = [json.dumps(one.model_dump(mode="json"), ensure_ascii=False) for one in (*singles[::40], dialogues[0])]
    (folder / "answers-test.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "answers-test.sha256").write_text(gold_hash("test", folder) + "  answers-test.jsonl\n", encoding="ascii")
    return folder


def test_each_run_on_the_frozen_part_leaves_a_line(settings: Settings, frozen: Path, tmp_path: Path) -> None:
    log = tmp_path / "runs.md"
    report = answers_report(settings, "test", frozen, log)
    answers_report(settings, "test", frozen, log)
    rows = [line for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("| 20")]
    assert len(rows) == 2
    header = next(line for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("| time"))
    assert [row.count(" | ") for row in rows] == [header.count(" | ")] * 2
    assert gold_hash("test", frozen)[:12] in rows[0]
    right = re.search(r"\| answerable \| \d+ \| ([\d.]+) \|", report)
    assert right is not None
    assert f" {right[1]} " in rows[0]
    assert "part test" in report


def test_a_run_on_the_development_part_leaves_none(settings: Settings, frozen: Path, tmp_path: Path) -> None:
    (frozen / "answers-test.jsonl").rename(frozen / "answers-development.jsonl")
    answers_report(settings, "development", frozen, tmp_path / "runs.md")
    assert not (tmp_path / "runs.md").exists()


def test_a_held_part_is_told_of_by_its_figures_only(settings: Settings, frozen: Path, tmp_path: Path) -> None:
    row = json.loads((frozen / "answers-test.jsonl").read_text(encoding="utf-8").splitlines()[0])
    row["facts"] = [["no answer holds this"]]
    for part in ("sixth", "second"):
        (frozen / f"answers-{part}.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    held = answers_report(settings, "sixth", frozen, tmp_path / "runs.md")
    assert "| answerable | 1 | 0.000 |" in held
    assert row["question"] not in held
    assert row["question"] in answers_report(settings, "second", frozen, tmp_path / "runs.md")


def test_a_changed_frozen_part_is_not_run(settings: Settings, frozen: Path, tmp_path: Path) -> None:
    (frozen / "answers-test.jsonl").write_bytes((frozen / "answers-test.jsonl").read_bytes() + b"\n")
    with pytest.raises(ValueError, match="frozen"):
        answers_report(settings, "test", frozen, tmp_path / "runs.md")
    assert not (tmp_path / "runs.md").exists()


def test_a_run_that_cannot_be_logged_is_an_error(frozen: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="runs"):
        log_run({"right": "1"}, tmp_path / "no such folder" / "runs.md", frozen)


def test_other_figures_begin_another_table(frozen: Path, tmp_path: Path) -> None:
    log = tmp_path / "runs.md"
    for figures in ({"right": "0.5"}, {"right": "0.6"}, {"right": "0.7", "refused": "0.1"}):
        log_run(figures, log, frozen)
    text = log.read_text(encoding="utf-8")
    assert text.count("| time (UTC)") == text.count("\n|---|") == 2
    assert text.count("\n\n| time (UTC)") == 2


def test_a_commit_says_whether_it_was_changed(tmp_path: Path) -> None:
    assert commit(tmp_path) == "unknown"
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    (tmp_path / "a").write_text("1", encoding="ascii")
    for step in (["init", "-q"], ["add", "a"], ["commit", "-qm", "a"]):
        subprocess.run([*git, *step], check=True)
    clean = commit(tmp_path)
    assert re.fullmatch("[0-9a-f]{12}", clean)
    (tmp_path / "a").write_text("2", encoding="ascii")
    assert commit(tmp_path) == clean + "+"
