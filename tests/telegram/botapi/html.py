"""Telegram's HTML, read as TDLib's `parse_html` reads it.

Differences to a browser that matter: every `<` begins a tag; only the tags below exist; only `&lt; &gt; &amp; &quot;`
and numeric references are decoded, any other `&name;` stays as it is written. Offsets in errors are bytes of the given
text in UTF-8.

One thing is stricter here than at Telegram: a quote within a quote is refused, where Telegram takes the text and
silently drops the inner quote. The documentation forbids it, and a program under test should not rely on the mercy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.telegram.botapi.entities import Entity, units
from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.links import checked_link, user_of_link

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "tg-emoji": "custom_emoji", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-zA-Z]*));?")
SPACE = " \t\r\n\0\v"
END = "\0"


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    """UTF-16, in the visible text."""
    start: int
    """Code points, in the visible text."""


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The visible text of a message written in Telegram's HTML, and its entities, inner ones first.

    Raises:
        ApiError: 400 "can't parse entities: …", in Telegram's words.
    """
    if END in source:
        raise bad_request("can't parse entities: Text must not contain null bytes")
    text, entities = _Reader(source).read()
    if any("\ud800" <= character <= "\udfff" for character in text):
        # Two halves, given as two references, make one character.
        try:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise bad_request(
                "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None
    return text, entities


def decode_reference(source: str, at: int) -> tuple[str, int] | None:
    """The character that a reference at an `&` stands for, and where it ends; nothing when it is no reference."""
    found = REFERENCE.match(source, at)
    if found is None:
        return None
    if found["name"] is not None:
        character = NAMED.get(found["name"])
        return (character, found.end()) if character else None
    digits, base = (found["hex"], 16) if found["hex"] is not None else (found["decimal"], 10)
    length = len(found[0].removesuffix(";"))
    code = int(digits, base) if digits and length < 10 else 0
    return (chr(code), found.end()) if 0 < code < 0x10FFFF else None


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source + END
        self._at = 0
        self._text: list[str] = []
        self._length = 0
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while (character := self._source[self._at]) != END:
            if character == "<":
                self._tag()
            elif character == "&" and (decoded := decode_reference(self._source, self._at)):
                self._add(decoded[0])
                self._at = decoded[1]
            else:
                self._add(character)
                self._at += 1
        if self._open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._text), self._entities

    def _add(self, character: str) -> None:
        self._text.append(character)
        self._length += len(character)
        self._offset += units(character)

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode("utf-8", "surrogatepass"))

    def _skip_space(self) -> None:
        while self._source[self._at] != END and self._source[self._at] in SPACE:
            self._at += 1

    def _until(self, stops: str) -> str:
        start = self._at
        while self._source[self._at] not in SPACE and self._source[self._at] not in stops:
            self._at += 1
        return self._source[start : self._at]

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._source[self._at] == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)
        self._at += 1

    def _start_tag(self, begin: int) -> None:
        where = f"at byte offset {self._byte(begin)}"
        tag = self._until(">").lower()
        if self._source[self._at] == END:
            raise _refused(f"Unclosed start tag {where}")
        if tag not in TAGS:
            raise _refused(f'Unsupported start tag "{tag}" {where}')
        argument = ""
        while True:
            self._skip_space()
            if self._source[self._at] == ">":
                break
            found = self._attribute(tag, where)
            argument = argument if found is None else found
        if tag == "span" and argument != "spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" {where}')
        if tag == "blockquote" and any(opened.tag == "blockquote" for opened in self._open):
            raise _refused(f'Nested "blockquote" {where} (stricter than Telegram, which drops the inner one)')
        self._open.append(_Open(tag, argument, self._offset, self._length))

    def _attribute(self, tag: str, where: str) -> str | None:
        name = self._until("=>/\"'")
        if not name:
            raise _refused(f'Empty attribute name in the tag "{tag}" {where}')
        self._skip_space()
        if self._source[self._at] != "=":
            if self._source[self._at] == END:
                raise _refused(f'Unclosed start tag "{tag}" {where}')
            return _argument(tag, name, "")
        self._at += 1
        self._skip_space()
        if self._source[self._at] == END:
            raise _refused(f'Unclosed start tag "{tag}" {where}')
        value = self._quoted() if self._source[self._at] in "'\"" else self._token()
        if self._source[self._at] == END:
            raise _refused(f"Unclosed start tag {where}")
        return _argument(tag, name, value)

    def _token(self) -> str:
        start = self._at
        while self._source[self._at].isascii() and (self._source[self._at].isalnum() or self._source[self._at] in ".-"):
            self._at += 1
        if self._source[self._at] not in SPACE + ">":
            raise _refused(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self._source[start : self._at].lower()

    def _quoted(self) -> str:
        quote = self._source[self._at]
        self._at += 1
        value = []
        while (character := self._source[self._at]) not in (quote, END):
            if character == "&" and (decoded := decode_reference(self._source, self._at)):
                value.append(decoded[0])
                self._at = decoded[1]
            else:
                value.append(character)
                self._at += 1
        if self._source[self._at] == quote:
            self._at += 1
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        where = f"at byte offset {self._byte(begin)}"
        if not self._open:
            raise _refused(f"Unexpected end tag {where}")
        self._at += 1
        tag = self._until(">").lower()
        self._skip_space()
        if self._source[self._at] != ">":
            raise _refused(f"Unclosed end tag {where}")
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise _refused(f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{tag}>"')
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity = Entity(TAGS[opened.tag], opened.offset, self._offset - opened.offset)
        last = self._entities[-1] if self._entities else None
        same = last is not None and (last.offset, last.length) == (entity.offset, entity.length)
        match opened.tag:
            case "a":
                linked = _link(entity, opened.argument or "".join(self._text)[opened.start :])
                self._entities += [linked] if linked else []
                return
            case "tg-emoji":
                if not re.fullmatch(r"-?[0-9]{1,19}", opened.argument) or not 0 < abs(int(opened.argument)) < 2**63:
                    raise _refused("Invalid custom emoji identifier specified")
                entity = Entity("custom_emoji", entity.offset, entity.length, opened.argument)
            case "code" if opened.argument:
                if same and last and last.type == "pre":
                    self._entities.pop()
                    entity = Entity("pre", entity.offset, entity.length, opened.argument)
                else:
                    # Becomes `pre` with a language when the very next tag closes `pre` over the same text.
                    entity = Entity("code", entity.offset, entity.length, opened.argument)
            case "pre" if same and last and last.type == "code" and last.argument:
                self._entities.pop()
                entity = Entity("pre", entity.offset, entity.length, last.argument)
            case "blockquote" if opened.argument:
                entity = Entity("expandable_blockquote", entity.offset, entity.length)
        self._entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str | None:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "1"
    return None


def _link(entity: Entity, url: str) -> Entity | None:
    if user := user_of_link(url):
        return Entity("text_mention", entity.offset, entity.length, str(user))
    link = checked_link(url)
    return Entity("text_link", entity.offset, entity.length, link) if link else None


def _refused(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
