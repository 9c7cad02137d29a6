"""The Telegram bot: updates are stored, answered over the same `Service` as everywhere, and answers sent once."""
