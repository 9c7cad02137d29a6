from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from evaluation.altered import altered_corpus, leaks
from evaluation.facts import measure
from index.directive import Directive
from index.facts.read import read_facts
from index.settings import default_corpus


@pytest.mark.parametrize("seed", [1, 20261122])
def test_altered_directives_are_read_as_well_as_the_originals(
    directives: dict[str, Directive], tmp_path: Path, seed: int
) -> None:
    original, _ = measure(directives)
    copies, alterations = altered_corpus(default_corpus(), tmp_path, seed)
    for identity, directive in copies.items():
        assert directive.text != directives[identity].text
    scores, mistakes = measure(copies, lambda identity, text: alterations[identity](text))
    worst = max(original, key=lambda name: abs(original[name] - scores[name]))
    assert abs(original[worst] - scores[worst]) <= 0.03, (worst, mistakes)
    said = {
        identity: json.dumps(asdict(read_facts([directive])), ensure_ascii=False)
        for identity, directive in copies.items()
    }
    assert leaks(alterations, said) == []


def test_a_leak_would_be_seen(directives: dict[str, Directive], tmp_path: Path) -> None:
    _, alterations = altered_corpus(default_corpus(), tmp_path, 1)
    said = {identity: directive.text for identity, directive in directives.items()}
    assert "Nguyễn Dương Thái" in leaks(alterations, said)
    assert "10-CT/TU" in leaks(alterations, said)
