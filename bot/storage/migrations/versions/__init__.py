"""One file a revision; a new one is written by hand and names the one before it."""
