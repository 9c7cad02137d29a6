"""`/xoa`: everything that is kept of a person is deleted by that person, after a confirmation."""

from __future__ import annotations

from bot.telegram import texts
from bot.telegram.keys import key
from bot.telegram.markup import Piece
from bot.telegram.patience import kept
from bot.telegram.talk import Talk


async def forget(talk: Talk, _: str) -> None:
    """Ask whether that is meant; only who asked may say so."""
    rows = [[(texts.FORGET_YES, key("fx", talk.user_id)), (texts.FORGET_NO, key("fn", talk.user_id))]]
    await talk.tell(texts.FORGET_ASK, rows)


async def tapped(talk: Talk, parts: list[str]) -> None:
    """Do it, or leave it."""
    if parts[1] != str(talk.user_id):
        await talk.toast(texts.NOT_YOURS_TO_DELETE, alert=True)
        return
    await talk.toast()
    if parts[0] == "fx":
        await kept(talk.desk.service.records.delete_person, talk.person)
    await talk.show((Piece(texts.FORGOTTEN if parts[0] == "fx" else texts.KEPT),))
