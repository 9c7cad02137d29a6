"""A chat as a structure to draw: what each bubble shows, in runs of one style."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from tests.telegram.botapi.entities import QUOTES, units
from tests.telegram.botapi.formatting import Run, runs
from tests.telegram.botapi.keyboards import Button
from tests.telegram.botapi.model import Chat, Message

HANOI = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Block:
    """Lines that stand together; `kind` is text, blockquote or expandable_blockquote."""

    kind: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Bubble:
    """One message as it is drawn; `side` is bot, person or notice (a service message), `document` its name and size."""

    side: str
    who: str
    at: datetime
    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: tuple[str, int] | None = None
    reply_to: tuple[str, str] | None = None
    """Who wrote what the message replies to, and its first words."""
    edited: bool = False
    via: str = ""


@dataclass(frozen=True)
class Transcript:
    title: str
    bubbles: tuple[Bubble, ...]
    keyboard: tuple[tuple[str, ...], ...] = ()


def transcript(chat: Chat) -> Transcript:
    return Transcript(
        chat.name, tuple(bubble(message) for message in chat.visible()), tuple(tuple(row) for row in chat.keyboard)
    )


def bubble(message: Message) -> Bubble:
    notice = bool(message.service) and "sticker" not in message.service
    replied = message.reply_to
    return Bubble(
        side="notice" if notice else "bot" if message.from_bot else "person",
        who=message.sender.name,
        at=datetime.fromtimestamp(message.date, HANOI),
        blocks=blocks(message),
        buttons=tuple(tuple(row) for row in message.rows),
        document=(message.document.name, len(message.document.content)) if message.document else None,
        reply_to=(replied.sender.name, " ".join(replied.text.split())[:80]) if replied else None,
        edited=message.edited,
        via=message.via_bot.username if message.via_bot else "",
    )


def blocks(message: Message) -> tuple[Block, ...]:
    """The text cut at its quotes; the line break beside a quote is gone, as clients set a quote on lines of its own."""
    found: list[Block] = []
    at = 0
    for quote in [entity for entity in message.entities if entity.type in QUOTES]:
        found += [
            Block("text", _trimmed(runs(message.text, message.entities, at, quote.offset), first=at > 0, last=True))
        ]
        found += [Block(quote.type, tuple(runs(message.text, message.entities, quote.offset, quote.end)))]
        at = quote.end
    found += [
        Block("text", _trimmed(runs(message.text, message.entities, at, units(message.text)), first=at > 0, last=False))
    ]
    return tuple(block for block in found if block.text)


def _trimmed(pieces: list[Run], *, first: bool, last: bool) -> tuple[Run, ...]:
    if pieces and first:
        pieces[0] = Run(pieces[0].text.removeprefix("\n"), pieces[0].styles, pieces[0].url)
    if pieces and last:
        pieces[-1] = Run(pieces[-1].text.removesuffix("\n"), pieces[-1].styles, pieces[-1].url)
    return tuple(piece for piece in pieces if piece.text)
