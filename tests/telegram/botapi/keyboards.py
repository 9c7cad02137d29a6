"""Reply markup: what Telegram accepts of it, and the buttons that a person sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.links import check_link

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_KEYS_IN_A_ROW = 12
LONGEST_DATA = 64
LONGEST_COPY = 256
ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
)

Markup = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """One inline button as a person sees it; `action` is the field of the Bot API that says what it does."""

    text: str
    action: str
    value: Any

    @property
    def data(self) -> str | None:
        return self.value if self.action == "callback_data" else None

    @property
    def url(self) -> str | None:
        return self.value if self.action == "url" else None

    @property
    def copies(self) -> str | None:
        """What tapping puts into the clipboard."""
        return self.value["text"] if self.action == "copy_text" else None


def is_inline(markup: Markup | None) -> bool:
    return bool(markup and markup.get("inline_keyboard"))


def rows_of(markup: Markup | None) -> list[list[Button]]:
    """The inline buttons, row by row."""
    if not markup:
        return []
    return [[_button(button) for button in row] for row in markup.get("inline_keyboard", [])]


def checked(markup: Any) -> Markup | None:
    """The reply markup as Telegram keeps it; nothing for an empty inline keyboard.

    Raises:
        ApiError: 400, in Telegram's words where they are known.
    """
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        return _keyboard(markup)
    for kind in ("remove_keyboard", "force_reply"):
        if kind in markup:
            if not isinstance(markup[kind], bool):
                raise bad_request(f'field "{kind}" must be of type Boolean')
            return markup if markup[kind] else None
    raise bad_request("can't parse reply keyboard markup JSON object")


def _inline(rows: Any) -> Markup | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be of type Array')
    rows = [[_checked_button(button) for button in row] for row in rows if row]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def _checked_button(button: Any) -> dict[str, Any]:
    wrong = "can't parse inline keyboard button: "
    text = _text(button, wrong)
    actions = [
        name for name in ACTIONS if name in button and not (name in ("callback_data", "url") and not button[name])
    ]
    if not actions:
        if "pay" in button or "callback_game" in button:
            raise bad_request("BUTTON_TYPE_INVALID")
        raise bad_request(wrong + "Text buttons are unallowed in the inline keyboard")
    action, value = actions[0], button[actions[0]]
    match action:
        case "callback_data":
            if not isinstance(value, str):
                raise bad_request(wrong + 'Field "callback_data" must be of type String')
            if len(value.encode()) > LONGEST_DATA:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            value = check_link(str(value), "inline keyboard button")
        case "copy_text":
            copied = value.get("text", "") if isinstance(value, dict) else ""
            if not 1 <= len(copied) <= LONGEST_COPY:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "web_app" | "login_url":
            if not str(value.get("url", "")).startswith("https://"):
                raise bad_request(
                    f"inline keyboard button Web App URL '{value.get('url')}' is invalid: Only HTTPS links are allowed"
                )
    return {"text": text, action: value}


def _keyboard(markup: Markup) -> Markup:
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be of type Array')
    for flag in ("resize_keyboard", "one_time_keyboard", "is_persistent", "selective"):
        if not isinstance(markup.get(flag, False), bool):
            raise bad_request(f'field "{flag}" must be of type Boolean')
    wrong = "can't parse keyboard button: "
    keys = [
        [
            {
                **(key if isinstance(key, dict) else {}),
                "text": _text({"text": key} if isinstance(key, str) else key, wrong),
            }
            for key in row
        ]
        for row in rows
        if row
    ]
    if any(len(row) > MOST_KEYS_IN_A_ROW for row in keys):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {**markup, "keyboard": keys}


def _text(button: Any, wrong: str) -> str:
    if not isinstance(button, dict):
        raise bad_request(wrong + "expected an Object")
    if "text" not in button:
        raise bad_request(wrong + 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise bad_request(wrong + 'Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request(wrong + "Text must be non-empty")
    return button["text"]


def _button(button: dict[str, Any]) -> Button:
    action = next(name for name in ACTIONS if name in button)
    return Button(button["text"], action, button[action])
