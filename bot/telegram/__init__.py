"""The Telegram bot: updates are stored, answered over the same `Service` as everywhere, and answers sent once."""

import os

# PTB's coming form of `RetryAfter.retry_after`, a `timedelta`: without this each 429 is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")
