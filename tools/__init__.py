"""What builds the project and does not ship with it."""
