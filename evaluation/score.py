"""What comparing readings with a table counts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Score:
    """Counts of one table; `mistakes` are sentences, `unjudged` how many readings the table says nothing of."""

    name: str
    right: int = 0
    missed: int = 0
    wrong: int = 0
    unjudged: int = 0
    mistakes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right ones among those read and judged."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Right ones among those of the table."""
        return self.right / max(1, self.right + self.missed)

    def __str__(self) -> str:
        line = f"{self.name}: precision {self.precision:.3f}, recall {self.recall:.3f}, right {self.right}"
        line += f", missed {self.missed}, wrong {self.wrong}, not in the table {self.unjudged}"
        return "\n".join([line, *(f"  {mistake}" for mistake in self.mistakes)])
