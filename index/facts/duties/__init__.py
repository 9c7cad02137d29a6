"""Who must do what, by when, how often and how much: read from the operative provisions of a directive."""

from index.facts.duties.inclusion import includes
from index.facts.duties.levels import levels_of
from index.facts.duties.reader import read_duties

__all__ = ["includes", "levels_of", "read_duties"]
