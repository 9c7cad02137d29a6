"""What the bot does on each command, button and question: one subject a file."""
