"""Answers, passages and directives as plain text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from langchain_core.documents import Document

from bot import messages
from bot.answering.answer import Answer
from index.directive import Directive, Provision
from index.library import Library
from index.passages import UNDATED
from index.structure.address import citation_line, document_line

_SHOWN = 72  # characters of a line of an outline or an edit


def render_answer(answer: Answer) -> str:
    """The answer, then each quotation with its citation line, then what stands beside it."""
    lines = [answer.answer]
    for citation in answer.citations:
        if citation.role == "nearest":
            lines += ["", messages.NEAREST]
        lines += ["", f"[{citation.marker}] “{citation.quote}”", f"    {citation.citation_line}"]
    for notice in answer.notices:
        lines += ["", f"{messages.NOTE}: {notice.text}"]
    return "\n".join(lines)


def render_passages(library: Library, found: Iterable[Document]) -> str:
    """Passages, best first, each with its citation line."""
    blocks = []
    for position, document in enumerate(found, 1):
        directive = library.directive(document.metadata["document_id"])
        text = directive.text[document.metadata["start"] : document.metadata["end"]]
        line = citation_line(directive, directive.provision(document.metadata["provision_id"]))
        mark = f" ({messages.UNDATED_MARK})" if document.metadata["year"] == UNDATED else ""
        blocks.append(f"{position}. {text}\n   {line}{mark}")
    return "\n\n".join(blocks) or messages.NO_PASSAGE


def render_document(directive: Directive) -> str:
    """A directive's identity in words."""
    lines = [directive.id, f"  {document_line(directive.metadata)}"]
    return "\n".join([*lines, *(f"  {remark}" for remark in directive.remarks)])


def render_outline(directive: Directive) -> str:
    """The tree of a directive, a line a provision."""
    lines = [document_line(directive.metadata), ""]
    lines += [_outline_line(directive, provision) for provision in directive.walk()]
    return "\n".join([*lines, *(f"! {warning}" for warning in directive.warnings)])


def _outline_line(directive: Directive, provision: Provision) -> str:
    text = directive.own_text(provision).replace("\n", " ")
    shown = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
    return f"{'  ' * (len(provision.address) - 1)}{provision.address[-1]}{'  ' if shown else ''}{shown}"


def render_edits(directive: Directive, source: str) -> str:
    """Every edit that is more than plain white space, with the text around it, and the count of each reason."""
    lines = []
    for edit in directive.edits:
        if edit.reason != "space":
            cut = source[edit.source_start : edit.source_end]
            before = source[max(0, edit.source_start - 30) : edit.source_start]
            after = source[edit.source_end : edit.source_end + 30]
            lines.append(
                f"{edit.source_start:>6} {edit.reason:<14} {before!r} [{_short(cut)} → {edit.replacement!r}] {after!r}"
            )
    counts = Counter(edit.reason for edit in directive.edits)
    return "\n".join([*lines, "", *(f"{count:>6} {reason}" for reason, count in counts.most_common())])


def _short(text: str) -> str:
    return repr(text) if len(text) <= _SHOWN else f"{text[:_SHOWN]!r}… ({len(text)})"
