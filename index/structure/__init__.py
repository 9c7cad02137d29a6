"""Canonical text to a tree of provisions, with addresses."""

from index.structure.tree import Structure, read_structure

__all__ = ["Structure", "read_structure"]
