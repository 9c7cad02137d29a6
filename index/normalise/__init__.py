"""Decoded text to canonical text, as a list of recorded edits; and the keys that match texts."""

from index.normalise.canonical import Canonical, canonicalise

__all__ = ["Canonical", "canonicalise"]
