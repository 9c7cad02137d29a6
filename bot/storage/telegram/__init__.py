"""What the Telegram bot keeps: updates to be dealt with, messages to be sent, settings of chats, reminders."""
