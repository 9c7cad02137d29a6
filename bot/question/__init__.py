"""A person's text to a Question: what was typed, cleaned, and what it names."""
