"""The stand-in as a test holds it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from types import TracebackType
from typing import TypeVar

from tests.telegram.botapi.calls import Call, CallLog
from tests.telegram.botapi.faults import Fault, Faults, FloodLimits, Rule, at_random, on_order
from tests.telegram.botapi.methods.profile import scope_key
from tests.telegram.botapi.model import Chat, User
from tests.telegram.botapi.people import Person
from tests.telegram.botapi.server import POLLING, Server
from tests.telegram.botapi.window import PATIENCE, Window
from tests.telegram.botapi.world import GROUPS_FROM, World

T = TypeVar("T")

TOKEN = "7000000001:AAStandInForTheBotApiServer_0123456"


class BotApi:
    """Telegram's Bot API on loopback, with one bot, and people who write to it.

        with BotApi() as api:
            anna = api.user("Anna")
            chat = api.private(anna)
            …                                   # start a bot with api.token, api.base_url and api.file_url
            question = anna.says(chat, "Ai ký chỉ thị?")
            answer = chat.wait_for_answer(question)

    Knobs may be turned at any time: `privacy`, `flood_limits`, `query_lifetime`, `inline_feedback`.
    """

    def __init__(
        self, *, token: str = TOKEN, username: str = "danvan_bot", name: str = "Dân vận", privacy: bool = True
    ) -> None:
        bot = User(int(token.partition(":")[0]), name, username=username, is_bot=True)
        self.world = World(bot, token, privacy=privacy)
        self.log = CallLog()
        self.faults = Faults()
        self._server = Server(self.world, self.log, self.faults)

    def __enter__(self) -> BotApi:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # The server.

    def start(self) -> None:
        """Serves; a second time on the same port, with the same state."""
        self._server.start()

    def stop(self) -> None:
        """An outage: connections end, new ones are refused. The state stays."""
        self._server.stop()

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def base_url(self) -> str:
        """For python-telegram-bot's `base_url`, which puts the token right behind it."""
        return f"{self.origin}/bot"

    @property
    def file_url(self) -> str:
        """For `base_file_url`."""
        return f"{self.origin}/file/bot"

    @property
    def bot(self) -> User:
        return self.world.bot

    # Knobs.

    @property
    def privacy(self) -> bool:
        """Group privacy, as @BotFather sets it."""
        return self.world.privacy

    @privacy.setter
    def privacy(self, on: bool) -> None:
        self.world.privacy = on

    @property
    def flood_limits(self) -> FloodLimits | None:
        """Telegram's own limits on sending; off without."""
        return self._server.flood_limits

    @flood_limits.setter
    def flood_limits(self, limits: FloodLimits | None) -> None:
        self._server.flood_limits = limits

    @property
    def query_lifetime(self) -> float:
        """Seconds for which callback and inline queries can be answered."""
        return self.world.query_lifetime

    @query_lifetime.setter
    def query_lifetime(self, seconds: float) -> None:
        self.world.query_lifetime = seconds

    @property
    def inline_feedback(self) -> bool:
        """Whether chosen inline results are reported."""
        return self.world.inline_feedback

    @inline_feedback.setter
    def inline_feedback(self, on: bool) -> None:
        self.world.inline_feedback = on

    # People and chats.

    def user(
        self,
        name: str,
        *,
        id: int | None = None,  # noqa: A002  the Bot API's own name for it
        language_code: str = "vi",
        is_bot: bool = False,
        username: str = "",
        last_name: str = "",
    ) -> Person:
        """Somebody new."""
        with self.world.change():
            number = 900_000 + self.world.number() if id is None else id
            user = User(number, name, last_name, username, language_code, is_bot)
            self.world.users[user.id] = user
            return Person(self.world, user)

    def private(self, person: Person) -> Window:
        """The private chat of a person with the bot; the same one every time."""
        with self.world.change():
            chat = self.world.chats.get(person.id)
            if chat is None:
                chat = self.world.chats[person.id] = Chat(person.id, "private", self.bot, person=person.user)
            return Window(self.world, chat)

    def group(
        self,
        title: str,
        *,
        members: Iterable[Person] = (),
        admins: Iterable[Person] = (),
        forum: bool = False,
        kind: str = "supergroup",
        username: str = "",
        bot: str = "member",
    ) -> Window:
        """A group; the first administrator owns it.

        `kind` is supergroup or group; `bot` is its standing: member, administrator or left.
        """
        with self.world.change():
            number = self.world.number()
            chat = Chat(
                GROUPS_FROM - number if kind == "supergroup" else -4_000_000 - number,
                kind,
                self.bot,
                title,
                username=username,
                forum=forum,
            )
            for person in members:
                chat.members[person.id] = (person.user, "member")
            for place, person in enumerate(admins):
                chat.members[person.id] = (person.user, "administrator" if place else "creator")
            chat.bot_status = bot
            self.world.chats[chat.id] = chat
            return Window(self.world, chat)

    def between(self, one: Person, other: Person) -> Window:
        """The private chat of two people, where the bot is not; inline results can be sent there."""
        with self.world.change():
            chat = Chat(
                -5_000_000_000 - self.world.number(),
                "private",
                self.bot,
                f"{one.name}, {other.name}",
                bot_status="left",
            )
            chat.members = {person.id: (person.user, "member") for person in (one, other)}
            return Window(self.world, chat)

    def commands(self, scope: dict[str, object] | None = None, language_code: str = "") -> dict[str, str]:
        """The commands that the bot registered for a scope (default: the default one): description by command."""
        found = self.world.commands.get((scope_key(scope), language_code), [])
        return {command["command"]: command["description"] for command in found}

    @property
    def profile(self) -> dict[str, object]:
        """Descriptions, name and menu button that the bot set: "description", "description vi", "menu_button" …"""
        return self.world.profile

    # Faults.

    def fail(
        self,
        method: str | None,
        fault: Fault,
        *,
        times: int | None = 1,
        skip: int = 0,
        chat: Window | None = None,
    ) -> Rule:
        """The next `times` calls of a method end in a fault, after `skip` calls that pass.

        Without a method any call counts; `times=None` lasts for ever.
        """
        return self.faults.add(on_order(fault, [method] if method else [], times, skip, chat.id if chat else None))

    def fail_randomly(
        self,
        faults: Sequence[Fault],
        *,
        share: float,
        methods: Collection[str] = (),
        seed: int = 0,
        at_most: int | None = None,
    ) -> Rule:
        """A share of the calls of some methods (of all, without names) end in one of the faults, by seeded dice."""
        return self.faults.add(at_random(faults, share, methods, seed, at_most))

    def mend(self) -> None:
        """No more faults."""
        self.faults.clear()

    # What happened.

    def calls(self, method: str | None = None, *, chat: Window | None = None) -> list[Call]:
        """The calls of a method (all, without a name), oldest first."""
        return self.log.of(method, chat_id=chat.id if chat else None)

    @property
    def updates_pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.world.updates.pending)

    @property
    def updates_confirmed(self) -> int:
        return len(self.world.updates.confirmed)

    def wait(self, look: Callable[[], T | None], timeout: float = PATIENCE, what: str = "what the test waits for") -> T:
        """The first truthy thing that `look` finds; it is asked again after every change.

        Raises:
            TimeoutError: after `timeout` seconds.
        """
        return self.world.wait(look, timeout, what)

    def wait_until_confirmed(self, timeout: float = PATIENCE) -> None:
        """Until the bot has confirmed every update."""
        self.wait(lambda: not self.world.updates.pending, timeout, "all updates confirmed")

    def idle(self, seconds: float = 0.3, timeout: float = 60.0) -> None:
        """Until every update is confirmed and the bot has asked for nothing but updates for so many seconds."""
        began = time.monotonic()

        def quiet() -> bool:
            others = [call for call in self.log.calls if call.method != POLLING]
            latest = max([began, *(call.at for call in others[-1:])])
            under_way = any(call.outcome == "under way" for call in others[-50:])
            return not self.world.updates.pending and not under_way and time.monotonic() - latest >= seconds

        end = began + timeout
        while not quiet():
            if time.monotonic() > end:
                raise TimeoutError(f"the bot was never idle for {seconds:g} s within {timeout:g} s")
            time.sleep(min(seconds, 0.05))
