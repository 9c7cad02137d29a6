"""`/start`, `/help`, `/hoi`, and what is said to what the bot cannot read."""

from __future__ import annotations

from bot.examples import examples
from bot.telegram import texts
from bot.telegram.handlers.asking import ask
from bot.telegram.keys import key
from bot.telegram.markup import Piece, lines
from bot.telegram.outgoing import Button
from bot.telegram.talk import Talk


def everything() -> list[list[Button]]:
    """A button for every command."""
    names = {
        "vanban": texts.CONTENTS,
        "han": texts.DUTIES,
        "nguon": texts.SOURCE_HEAD,
        "nhac": texts.REMIND,
        "caidat": texts.SETTINGS,
        "xoa": texts.FORGET_YES,
    }
    buttons = [(label, key("do", command)) for command, label in names.items()]
    return [[(texts.ASK, key("do", "hoi"))], buttons[:2], buttons[2:4], buttons[4:]]


async def start(talk: Talk, arguments: str) -> None:
    """What it can do, three questions to tap, and the keyboard with the main commands."""
    if arguments == "nhac" and talk.is_private:
        from bot.telegram.handlers.reminding import remind

        return await remind(talk, "")
    hello, can, try_it = texts.START
    shown: list[list[Button]] = [
        [(question, key("ex", number))] for number, question in enumerate(await _examples(talk))
    ]
    welcome = lines([Piece(hello, "bold")], [Piece(can)])
    if talk.is_private:
        # A message has either the keyboard or buttons of its own.
        planned = [(welcome, [], True), ((Piece(try_it),), shown, False)]
    else:
        planned = [((*welcome, Piece(f"\n\n{try_it}")), shown, False)]
    return await talk.send(
        [one for message, rows, menu in planned for one in talk.messages([message], rows, menu=menu)]
    )


async def help_(talk: Talk, _: str) -> None:
    """How to use it, with a button for every command."""
    commands = "\n".join(f"/{name}: {what}" for name, what in texts.COMMANDS)
    text = lines([Piece(texts.HELP_HEAD, "bold")], [Piece(f"{texts.HELP}\n\n{texts.HELP_COMMANDS}\n{commands}")])
    await talk.say([text], everything())


async def question(talk: Talk, arguments: str) -> None:
    """`/hoi`: the question that follows, or an invitation to ask."""
    if arguments.strip():
        await ask(talk, arguments)
    else:
        await talk.tell(texts.ASK_NOW, menu=talk.is_private)


async def example(talk: Talk, number: int) -> None:
    """One of the questions of `/start`."""
    await talk.toast()
    questions = await _examples(talk)
    if number < len(questions):
        await ask(talk, questions[number], tapped=True)


async def _examples(talk: Talk) -> tuple[str, ...]:
    """One general question, and two about a stored directive."""
    first, *others = await talk.desk.read(lambda library: examples(library.directives.values()))
    return (first, *others[-2:])
