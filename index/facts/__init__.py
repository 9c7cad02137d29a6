"""Typed facts of a directive, each with the spans it was read from."""
