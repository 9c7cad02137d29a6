"""The command line as people start it: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from index.directive import Directive

Danvan = subprocess.CompletedProcess[bytes]


def danvan(settings: Settings | None, *arguments: str | bytes, **variables: str) -> Danvan:
    environment = os.environ | {"DANVAN_DATA": str(settings.data) if settings else "none"} | variables
    command: list[str | bytes] = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    outcome = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert b"Traceback" not in outcome.stderr
    return outcome


def test_ask_prints_answer_quotation_and_place(settings: Settings) -> None:
    outcome = danvan(settings, "ask", "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?")
    assert outcome.returncode == 0
    printed = outcome.stdout.decode()
    assert "chủ tịch UBND" in printed
    assert "Đề án số 04-ĐA/TU, ngày 01/10/2021" in printed


def test_ask_as_json_is_the_contract(settings: Settings) -> None:
    answer = json.loads(danvan(settings, "ask", "--json", "4 an là gì?").stdout)
    assert set(answer) == {
        "status", "answer", "basis", "citations", "notices", "choices", "suggestions", "strategy", "confidence",
        "question", "conversation_id", "elapsed_ms",
    }  # fmt: skip


@pytest.mark.parametrize("question", ["", "   ", "x" * 100_000, "\x01\x02"])
def test_a_question_that_cannot_be_read_has_exit_code_2(settings: Settings, question: str) -> None:
    assert danvan(settings, "ask", question).returncode == 2


def test_bytes_that_are_no_text_are_read_as_far_as_they_go(settings: Settings) -> None:
    assert danvan(settings, "ask", b"4 an l\xe0 g\xec \xff").returncode == 0


def test_show_text_is_the_canonical_text_and_nothing_more(settings: Settings, directives: dict[str, Directive]) -> None:
    for identity, directive in directives.items():
        assert danvan(settings, "show", identity, "--text").stdout == directive.text.encode()


def test_show_edits_lists_what_was_changed_and_why(settings: Settings) -> None:
    printed = danvan(settings, "show", "nghe-an-04-da-tu-2021", "--edits").stdout.decode()
    assert "Tin cùng chuyên mục" in printed
    assert "navigation" in printed


def test_show_outline_documents_and_search(settings: Settings) -> None:
    assert "điểm 3.5" in danvan(settings, "show", "da-nang-2108-qd-tu-2016").stdout.decode()
    assert len(json.loads(danvan(settings, "documents", "--json").stdout)) == 5
    assert "Quyết định số 2108-QĐ/TU" in danvan(settings, "documents").stdout.decode()
    printed = danvan(settings, "search", "báo cáo", "-k", "2", "--year", "2016", "--type", "Nghị quyết").stdout.decode()
    assert "văn bản thiếu ngày ban hành" in printed


@pytest.mark.parametrize("command", [["show", "none"], ["search", "x", "--document", "none"], ["show", "x", "--edits"]])
def test_an_unknown_document_names_the_known_ones(settings: Settings, command: list[str]) -> None:
    outcome = danvan(settings, *command)
    assert outcome.returncode == 2
    assert "da-nang-2108-qd-tu-2016" in outcome.stderr.decode()


def test_batch_answers_line_by_line(settings: Settings, tmp_path: Path) -> None:
    lines = [{"id": 1, "question": "4 an là gì?"}, {"id": "b", "turns": ["Ai ký Quyết định 2108?", "còn Hà Tĩnh?"]}]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    outcome = danvan(settings, "batch", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl"))
    assert outcome.returncode == 0
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == [1, "b"]
    assert answers[0]["status"] == "answered"
    assert len(answers[1]["answers"]) == 2


@pytest.mark.parametrize("content", ["{", '{"id": 1}', '{"question": "x"}', '{"id": 1, "question": "x", "turns": []}'])
def test_a_wrong_line_is_named_before_anything_is_answered(settings: Settings, tmp_path: Path, content: str) -> None:
    good = '{"id": 0, "question": "x"}\n'
    (tmp_path / "in.jsonl").write_text(good + content + "\n", encoding="utf-8")
    outcome = danvan(settings, "batch", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl"))
    assert outcome.returncode == 1
    assert "dòng 2" in outcome.stderr.decode()
    assert not (tmp_path / "out.jsonl").exists()


def test_files_that_are_not_there(settings: Settings, tmp_path: Path) -> None:
    for source, target in (("none", "out"), (".", "out")):
        outcome = danvan(settings, "batch", "--input", str(tmp_path / source), "--output", str(tmp_path / target))
        assert outcome.returncode == 1
        assert outcome.stderr


def test_no_index_a_wrong_setting_and_a_wrong_corpus_are_sentences(settings: Settings, tmp_path: Path) -> None:
    assert "danvan index" in danvan(None, "ask", "4 an là gì?").stderr.decode()
    assert "DANVAN_PORT" in danvan(settings, "ask", "x", DANVAN_PORT="many").stderr.decode()
    assert "DANVAN_EMBEDDINGS" in danvan(settings, "ask", "x", DANVAN_EMBEDDINGS="none").stderr.decode()
    (tmp_path / "catalogue.toml").write_text("[documents]\n", encoding="utf-8")
    wrong = danvan(settings, "index", DANVAN_CORPUS=str(tmp_path))
    assert wrong.returncode == 1
    assert "catalogue.toml" in wrong.stderr.decode()


def test_facts_in_every_form(settings: Settings, tmp_path: Path) -> None:
    assert "114-KL/TW" in danvan(settings, "facts", "inconsistencies").stdout.decode()
    lines = danvan(settings, "facts", "references", "--format", "jsonl", "--document", "ha-tinh-ct-btv-thanh-uy").stdout
    assert {json.loads(line)["document_id"] for line in lines.decode().splitlines()} == {"ha-tinh-ct-btv-thanh-uy"}
    assert danvan(settings, "facts", "duties", "--format", "ics").stdout.startswith(b"BEGIN:VCALENDAR")
    target = tmp_path / "duties.xlsx"
    assert danvan(settings, "facts", "duties", "--format", "xlsx", "--output", str(target)).returncode == 0
    assert target.read_bytes()[:2] == b"PK"
    assert "catalogue" in danvan(settings, "facts", "metadata", "--spans", "--format", "csv").stdout.decode()


def test_facts_that_cannot_be_written_are_sentences(settings: Settings, tmp_path: Path) -> None:
    assert danvan(settings, "facts", "references", "--format", "ics").returncode == 2
    assert danvan(settings, "facts", "nothing").returncode == 2
    assert danvan(settings, "facts", "duties", "--document", "none").returncode == 2
    outcome = danvan(settings, "facts", "duties", "--output", str(tmp_path / "none" / "x.csv"))
    assert outcome.returncode == 1
    assert "none" in outcome.stderr.decode()


def test_doctor_finds_what_is_wrong_and_what_is_well(settings: Settings) -> None:
    assert danvan(settings, "doctor").returncode == 0
    ill = danvan(None, "doctor", DANVAN_EMBEDDINGS="sentence-transformers:/none", DANVAN_DATA="/dev/null/x")
    assert ill.returncode == 1
    assert ill.stdout.decode().count("LỖI") >= 3
    assert danvan(settings, "doctor", DANVAN_PORT="x").returncode == 1
