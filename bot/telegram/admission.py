"""Who may use the bot: in restricted mode those who have signed in with a code."""

from __future__ import annotations

from bot.access.texts import described
from bot.storage.access.errors import CodeRefusedError, TooManyAttemptsError
from bot.storage.access.secrets import HashedCode, is_code
from bot.telegram import texts
from bot.telegram.addressed import Said
from bot.telegram.desk import Desk
from bot.telegram.patience import kept
from bot.telegram.talk import Talk


def is_restricted(desk: Desk) -> bool:
    """Whether people need a code."""
    return desk.service.settings.access == "restricted"


async def may_use(desk: Desk, identity: str) -> bool:
    """Whether somebody ("telegram:123") may use the bot; looked up each time, so that a revocation holds at once."""
    if not is_restricted(desk):
        return True
    return await kept(desk.service.records.access.person_of_identity, identity) is not None


async def signs_in(talk: Talk, said: Said, code: HashedCode | None) -> bool:
    """Take a code, from the deep link or typed, alone with the bot; whether the message was one.

    `code`: what the message was before it was stored; an older program stored it as it was.
    """
    given = code or (said.text if is_code(said.text) else None)
    if given is None or said.command not in (None, "start") or not (is_restricted(talk.desk) and talk.is_private):
        return False
    try:
        person = await kept(talk.desk.service.records.access.redeem, given, talk.person)
    except (CodeRefusedError, TooManyAttemptsError) as error:
        await talk.tell(described(error))
    else:
        await talk.tell(texts.signed_in(person.name), menu=True)
    return True
