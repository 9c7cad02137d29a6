"""A directive as blocks: no character lost, none doubled, the highlighted ones exactly those of the span."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.outline import outline_of
from bot.web.reading import Block, blocks_of
from index.directive import Directive, Span
from index.normalise import canonicalise
from index.structure import read_structure

LINES = st.lists(
    st.sampled_from(
        [
            "CHỈ THỊ",
            "1. Việc một",
            "- Gạch đầu dòng 𝔸🙂",
            "+ Cộng",
            "Điều 2. Đoạn dài. Câu hai.",
            "Nơi nhận:",
            "  ",
            "a) ý",
            "x",
        ]
    )
    | st.text(max_size=40),
    max_size=30,
)


def directive_of(source: str) -> Directive:
    canonical = canonicalise(source, ())
    structure = read_structure(canonical.text, canonical.anchors, canonical.notes)
    return Directive("d", canonical.text, "", (), structure.provisions, structure.anchors)


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def marked_of(blocks: tuple[Block, ...]) -> str:
    return "".join(piece.text for block in blocks for piece in block.pieces if piece.is_marked)


@settings(deadline=None)
@given(LINES, st.lists(st.tuples(st.integers(0, 900), st.integers(1, 300)), max_size=3))
def test_every_character_once_in_order_whatever_the_text_and_the_spans(
    lines: list[str], places: list[tuple[int, int]]
) -> None:
    directive = directive_of("\n".join(lines))
    spans = [Span(start, start + length) for start, length in places]
    blocks = blocks_of(directive, spans)
    assert [block.text for block in blocks] == lines_of(directive.text)
    wanted = {offset for span in spans for offset in range(span.start, min(span.end, len(directive.text)))}
    expected = "".join(c for offset, c in enumerate(directive.text) if offset in wanted and c != "\n")
    assert marked_of(blocks) == expected
    firsts = [piece for block in blocks for piece in block.pieces if piece.is_first_mark]
    assert len(firsts) == (1 if expected else 0)


@pytest.mark.parametrize("seed", range(5))
def test_the_stored_directives_with_spans_across_provisions(directives: dict[str, Directive], seed: int) -> None:
    chosen = random.Random(seed)
    for directive in directives.values():
        start = chosen.randrange(len(directive.text) - 1)
        span = Span(start, chosen.randrange(start + 1, len(directive.text)))
        blocks = blocks_of(directive, [span])
        assert "\n".join(block.text for block in blocks) == "\n".join(lines_of(directive.text))
        assert marked_of(blocks) == span.of(directive.text).replace("\n", "")


def test_every_unit_can_be_linked_to_once_and_is_cited_once(directives: dict[str, Directive]) -> None:
    for directive in directives.values():
        blocks = blocks_of(directive)
        anchors = [anchor for block in blocks for piece in block.pieces for anchor in piece.anchors]
        assert sorted(anchors) == sorted(provision.id for provision in directive.walk())
        cited = [provision.id for block in blocks for provision in block.ending]
        assert sorted(cited) == sorted(provision.id for provision in directive.walk() if provision.spans)


def test_a_link_leads_to_where_its_unit_begins(directives: dict[str, Directive]) -> None:
    for directive in directives.values():
        at = 0
        for block in blocks_of(directive):
            at = directive.text.index(block.text, at)
            offset = at
            for piece in block.pieces:
                for anchor in piece.anchors:
                    assert directive.provision(anchor).subtree_spans()[0].start == offset
                offset += len(piece.text)


def test_footnotes_are_linked_where_their_marks_stood(directives: dict[str, Directive]) -> None:
    directive = next(one for one in directives.values() if one.anchors)
    noted = [piece.note.id for block in blocks_of(directive) for piece in block.pieces if piece.note]
    assert noted == [name for _, name in directive.anchors]


def test_the_outline_links_only_to_units_of_the_text(directives: dict[str, Directive]) -> None:
    for directive in directives.values():
        known = {provision.id for provision in directive.walk()}
        waiting = list(outline_of(directive))
        assert len(waiting[0].children) > 1 or len(waiting) > 1
        while waiting:
            entry = waiting.pop()
            assert entry.id in known
            assert entry.text
            waiting += entry.children
