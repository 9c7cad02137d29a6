"""The reports on gold questions, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document

from bot.answering.assistant import Assistant
from evaluation.answers import judge
from evaluation.gold import Question, load_questions
from evaluation.retrieval import CUTS, Recall, Search, recall
from index.library import Library
from index.settings import IndexSettings


def retrieval_report(settings: IndexSettings, name: str, part: str) -> str:
    """Recall of hybrid search beside its two sides."""
    questions = _part(name, part)
    lines = [
        f"Questions: {name}, part {part}",
        "",
        "| search | questions | " + " | ".join(f"R@{k}" for k in CUTS) + " |",
    ]
    lines.append("|---|---|" + "---|" * len(CUTS))
    missed: list[Question] = []
    with Library.open(settings) as library:
        searches: dict[str, Search | None] = {"hybrid": None, "words": _words(library), "meaning": _meaning(library)}
        for kind, search in searches.items():
            for diacritics in (True, False):
                chosen = [question for question in questions if question.diacritics is diacritics]
                found = recall(library, chosen, search)
                lines.append(_row(f"{kind}, {'with' if diacritics else 'without'} diacritics", found))
                missed += found.missed if search is None else ()
    lines += ["", "Not among the first five of hybrid search:", ""]
    return "\n".join([*lines, *(f"- {question.id} {question.question}" for question in missed)])


def questions_report(settings: IndexSettings, name: str, part: str) -> str:
    """Answer accuracy, refusals of answerable questions, citation validity, and the mistakes."""
    with Assistant(settings) as assistant:
        judged = judge(assistant, _part(name, part))
    lines = [
        f"Questions: {name}, part {part}",
        "",
        "| | questions | right | refused | valid citations |",
        "|---|---|---|---|---|",
    ]
    for diacritics in (True, False):
        chosen = [one for one in judged if one.question.diacritics is diacritics]
        right, refused = sum(one.right for one in chosen), sum(one.answer.status == "not_found" for one in chosen)
        valid = sum(one.valid for one in chosen)
        label = "with diacritics" if diacritics else "without diacritics"
        lines.append(f"| {label} | {len(chosen)} | {right / len(chosen):.3f} | {refused} | {valid} |")
    lines += ["", "Mistakes:", ""]
    for one in judged:
        if not one.right:
            lines.append(
                f"- {one.question.id} [{one.answer.status}] {one.question.question} → {one.answer.answer[:160]}"
            )
    return "\n".join(lines)


def _part(name: str, part: str) -> list[Question]:
    return [question for question in load_questions(name) if part in ("all", question.part)]


def _row(label: str, found: Recall) -> str:
    return f"| {label} | {found.questions} | " + " | ".join(f"{found.at[k]:.3f}" for k in CUTS) + " |"


def _words(library: Library) -> Search:
    def search(question: str, k: int) -> Sequence[Document]:
        return [library.retriever.passages[identity] for identity, _ in library.retriever.lexical.search(question, k)]

    return search


def _meaning(library: Library) -> Search:
    def search(question: str, k: int) -> Sequence[Document]:
        vector = library.retriever.embeddings.embed_query(question)
        return [document for document, _ in library.retriever.vectors.search(vector, k)]

    return search
