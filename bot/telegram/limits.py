"""How many questions a person and a chat may ask: a bucket of a minute's worth that fills again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["pass", "tell", "silent"]
_MOST = 10_000  # buckets


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: bool = False


class Limits:
    """Not for several threads. Moments are seconds, of the message and not of the answer: a backlog is no flood."""

    def __init__(self, person: int, chat: int) -> None:
        self._most = {"person": person, "chat": chat}
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()

    def ask(self, person: str, chat: str, at: float) -> Verdict:
        """Whether a question may be asked; "tell" once, "silent" until the bucket has filled again."""
        buckets = [(self._bucket("person", person, at)), self._bucket("chat", chat, at)]
        if all(bucket.left >= 1 for bucket in buckets):
            for bucket in buckets:
                bucket.left -= 1
                bucket.told = False
            return "pass"
        empty = [bucket for bucket in buckets if bucket.left < 1]
        told = all(bucket.told for bucket in empty)
        for bucket in empty:
            bucket.told = True
        return "silent" if told else "tell"

    def _bucket(self, kind: str, name: str, at: float) -> _Bucket:
        most = self._most[kind]
        bucket = self._buckets.setdefault((kind, name), _Bucket(most, at))
        self._buckets.move_to_end((kind, name))
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
        bucket.left = min(most, bucket.left + max(0.0, at - bucket.at) * most / 60)
        bucket.at = max(bucket.at, at)
        return bucket
