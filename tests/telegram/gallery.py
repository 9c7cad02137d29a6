"""The transcript gallery: chats with the real bot over the stand-in for Telegram's server, drawn by Chromium.

`python -m tests.telegram.gallery docs/images` (or `make gallery`) writes `telegram-*.png`. It needs a built index
(`danvan index`) and Chromium.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bot.answering.assistant import Assistant
from bot.service import Service
from bot.settings import Settings, load_settings
from bot.storage.records import open_records
from bot.telegram import texts
from tests.telegram.botapi import Block, BotApi, Bubble, Message, Person, Transcript, Window
from tests.telegram.conftest import RunningBot

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code"}
_STYLE = (Path(__file__).parent / "gallery.css").read_text(encoding="utf-8")


class Scene:
    """A bot, a person and their chat."""

    def __init__(self, api: BotApi, person: Person, chat: Window) -> None:
        self.api, self.person, self.chat = api, person, chat

    def ask(self, text: str) -> Message:
        """Say something, and wait until the bot has nothing more to say."""
        answer = self.chat.wait_for_answer(self.person.says(self.chat, text))
        self.api.idle()
        return answer

    def tap(self, message: Message, label: str) -> None:
        """Tap a button, and wait for what comes of it."""
        self.person.taps(message, label).answer()
        self.api.idle()


def answer(scene: Scene) -> None:
    """A question, and the quotation copied."""
    said = scene.ask("Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?")
    scene.tap(said, texts.COPY)


def conversation(scene: Scene) -> None:
    """Typed without diacritics, gone on with, and something that the texts do not state."""
    scene.ask("ai ky qd 2108")
    scene.ask("ban hành ngày nào?")
    scene.ask("ban dân vận giờ là ban nào")


def sources(scene: Scene) -> None:
    """Several quotations, leafed through in place."""
    scene.ask("tóm tắt chỉ thị Hà Tĩnh")
    scene.tap(scene.chat.from_bot[-1], texts.NEXT)


def welcome(scene: Scene) -> None:
    """The first meeting."""
    scene.person.starts(scene.chat)
    scene.chat.wait(2)
    scene.api.idle()


def documents(scene: Scene) -> None:
    """From the list of directives to a clause."""
    shown = scene.ask("/vanban")
    scene.tap(shown, next(label for label in shown.labels if "Hải Dương" in label))
    scene.tap(shown, texts.ITS_CONTENTS)
    unit = next(label for label in shown.labels if label.startswith(("mục 1", "1.")))
    scene.tap(shown, unit)


def duties(scene: Scene) -> None:
    """What a body must do."""
    scene.ask("/han UBND xã")


def feedback(scene: Scene) -> None:
    """An ambiguous question asks back; a verdict has its reason."""
    said = scene.ask("ai ký văn bản này")
    scene.tap(said, next(label for label in said.labels if "Hải Dương" in label))
    scene.tap(scene.chat.from_bot[-1], texts.WRONG)


def group(scene: Scene) -> None:
    """In a group it answers when it is meant."""
    chief = scene.api.user("Nguyễn Văn Bình")
    scene.chat = scene.api.group("Tổ công tác dân vận", members=[scene.person], admins=[chief])
    chief.says(scene.chat, "Chiều nay họp lúc 14 giờ.")
    scene.ask(f"@{scene.api.bot.username} “4 an” là gì?")


SCENES: dict[str, Callable[[Scene], None]] = {
    "start": welcome,
    "answer": answer,
    "conversation": conversation,
    "sources": sources,
    "documents": documents,
    "duties": duties,
    "feedback": feedback,
    "group": group,
}


def main(folder: Path) -> None:
    """Write every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = load_settings()
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    with Assistant(settings) as assistant, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=_FLAGS)
        for name, play in SCENES.items():
            with _scene(assistant, settings) as scene:
                play(scene)
                # Its owner sees a private chat under the bot's name.
                title = scene.api.bot.name if scene.chat.chat.type == "private" else ""
                _shoot(browser, scene.chat.transcript(), title, folder / f"telegram-{name}.png")
        browser.close()


@contextmanager
def _scene(assistant: Assistant, settings: Settings) -> Iterator[Scene]:
    with BotApi(username="danvan_bot", name="Tra cứu dân vận") as api, tempfile.TemporaryDirectory() as data:
        changes = {"data": data, "telegram_token": api.token, "telegram_base_url": api.base_url}
        here = Settings.model_validate(settings.model_dump() | changes | {"public_url": "https://danvan.example"})
        with open_records(here) as records:
            bot = RunningBot(Service(here, assistant, records), 60.0)
            try:
                person = api.user("Trần Thị An")
                yield Scene(api, person, api.private(person))
            finally:
                bot.stop()


def _shoot(browser: Browser, transcript: Transcript, title: str, path: Path) -> None:
    page = browser.new_page(viewport={"width": 460, "height": 400}, device_scale_factor=1.5)
    page.set_content(_page(transcript, title))
    page.locator("main").screenshot(path=path)
    page.close()


def _page(transcript: Transcript, title: str) -> str:
    bubbles = "".join(_bubble(bubble) for bubble in transcript.bubbles)
    keys = "".join(f"<span>{html.escape(key)}</span>" for row in transcript.keyboard for key in row)
    keyboard = f"<footer>{keys}</footer>" if keys else ""
    title = html.escape(title or transcript.title)
    return f"<style>{_STYLE}</style><main><header>{title}</header>{bubbles}{keyboard}</main>"


def _bubble(bubble: Bubble) -> str:
    if bubble.side == "notice":
        return ""
    rows = "".join(
        f"<div class=row>{''.join(f'<span>{html.escape(button.text)}</span>' for button in row)}</div>"
        for row in bubble.buttons
    )
    who, said = bubble.reply_to or ("", "")
    reply = f"<div class=reply><b>{html.escape(who)}</b>{html.escape(said)}</div>"
    edited = "đã sửa " if bubble.edited else ""
    return (
        f"<article class={bubble.side}><div class=bubble><h2>{html.escape(bubble.who)}</h2>"
        f"{reply if bubble.reply_to else ''}{''.join(_block(block) for block in bubble.blocks)}"
        f"<time>{edited}{bubble.at:%H:%M}</time></div>{rows}</article>"
    )


def _block(block: Block) -> str:
    text = ""
    for run in block.runs:
        styles = [_TAGS[style] for style in sorted(run.styles) if style in _TAGS]
        opened, closed = "".join(f"<{tag}>" for tag in styles), "".join(f"</{tag}>" for tag in reversed(styles))
        text += f"{opened}{html.escape(run.text)}{closed}"
    kind = "div" if block.kind == "text" else "blockquote"
    return f"<{kind} class=text>{text}</{kind}>"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
