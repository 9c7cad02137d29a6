"""`danvan users` and `danvan keys`. What is secret is printed once, on standard output, and never an argument."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated

import typer
from pydantic import BaseModel

from bot import command_texts
from bot.access import texts
from bot.access.scopes import scopes_named
from bot.settings import Settings, load_settings
from bot.storage.access.records import AccessRecords
from bot.storage.access.values import Invitation, Key, Person, Role

users = typer.Typer(help=texts.HELP_USERS, no_args_is_help=True, rich_markup_mode=None)
keys = typer.Typer(help=texts.HELP_KEYS, no_args_is_help=True, rich_markup_mode=None)
AsJson = Annotated[bool, typer.Option("--json", help=command_texts.HELP_JSON)]
# Whoever runs a command stands so in the audit trail.
_BY = "cli"


@users.command(help=texts.HELP_INVITE)
def invite(
    name: Annotated[str, typer.Argument(metavar="TÊN", help=texts.HELP_NAME)],
    admin: Annotated[bool, typer.Option("--admin", help=texts.HELP_ADMIN)] = False,
    days: Annotated[int, typer.Option(min=1, max=90, help=texts.HELP_DAYS)] = 7,
    as_json: AsJson = False,
) -> None:
    """Print a code."""
    role: Role = "administrator" if admin else "reader"
    with _opened() as (access, settings):
        made = access.invite(name, role, timedelta(days=days), by=_BY)
    _tell(made, settings, as_json)


@users.command(help=texts.HELP_CODE)
def code(
    name: Annotated[str, typer.Argument(metavar="TÊN", help=texts.HELP_WHO)],
    days: Annotated[int, typer.Option(min=1, max=90, help=texts.HELP_DAYS)] = 7,
    as_json: AsJson = False,
) -> None:
    """Print another code for somebody who is in."""
    with _opened() as (access, settings):
        made = access.code_for(name, timedelta(days=days), by=_BY)
    _tell(made, settings, as_json)


@users.command("role", help=texts.HELP_ROLE)
def change_role(
    name: Annotated[str, typer.Argument(metavar="TÊN", help=texts.HELP_WHO)],
    role: Annotated[Role, typer.Argument(metavar="VAI_TRÒ", help=texts.HELP_ROLE_VALUE)],
) -> None:
    """Let somebody administer, or no longer."""
    with _opened() as (access, _):
        person = access.change_role(name, role, by=_BY)
    typer.echo(texts.changed_role(person))


@users.command("list", help=texts.HELP_LIST_USERS)
def list_users(as_json: AsJson = False) -> None:
    """All people."""
    with _opened() as (access, _):
        people = access.list_people()
    if as_json:
        typer.echo(json.dumps([_plain(person) for person in people], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_person_line(person) for person in people) or texts.NOBODY)


@users.command("revoke", help=texts.HELP_REVOKE_USER)
def revoke_user(name: Annotated[str, typer.Argument(metavar="TÊN", help=texts.HELP_WHO)]) -> None:
    """End a person's access."""
    with _opened() as (access, _):
        person = access.revoke_person(name, by=_BY)
    typer.echo(texts.revoked_person(person.name))


@keys.command(help=texts.HELP_CREATE_KEY)
def create(
    name: Annotated[str, typer.Argument(metavar="TÊN", help=texts.HELP_KEY_NAME)],
    scope: Annotated[list[str], typer.Option("--scope", help=texts.HELP_SCOPE)],
    days: Annotated[int | None, typer.Option(min=1, max=3650, help=texts.HELP_KEY_DAYS)] = None,
    as_json: AsJson = False,
) -> None:
    """Print a key."""
    scopes = scopes_named([one for words in scope for one in words.split(",")])
    with _opened() as (access, _):
        made = access.create_key(name, scopes, None if days is None else timedelta(days=days), by=_BY)
    if as_json:
        typer.echo(json.dumps({**_plain(made.key), "key": made.secret}, ensure_ascii=False, indent=2))
    else:
        typer.echo(texts.made_key(made.key.name, ", ".join(made.key.scopes), made.secret))


@keys.command("list", help=texts.HELP_LIST_KEYS)
def list_keys(as_json: AsJson = False) -> None:
    """All keys, without what is secret of them."""
    with _opened() as (access, _):
        made = access.list_keys()
    if as_json:
        typer.echo(json.dumps([_plain(key) for key in made], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_key_line(key) for key in made) or texts.NO_KEY)


@keys.command("revoke", help=texts.HELP_REVOKE_KEY)
def revoke_key(name: Annotated[str, typer.Argument(metavar="TÊN", help=texts.HELP_WHO)]) -> None:
    """End a key."""
    with _opened() as (access, _):
        key = access.revoke_key(name, by=_BY)
    typer.echo(texts.revoked_key(key.name))


@contextmanager
def _opened() -> Iterator[tuple[AccessRecords, Settings]]:
    from bot.storage.records import open_records

    settings = load_settings()
    with open_records(settings) as records:
        yield records.access, settings


def _tell(made: Invitation, settings: Settings, as_json: bool) -> None:
    """Print a code with where it is used."""
    if as_json:
        told = {**_plain(made.person), "code": made.code, "code_expires_at": made.expires_at.isoformat()}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    place = settings.public_url.rstrip("/") if settings.public_url else f"http://{settings.host}:{settings.port}"
    link = texts.telegram_link(settings.telegram_name, made.code) if settings.telegram_name else None
    typer.echo(texts.invited(made, place, link))


def _plain(value: BaseModel) -> dict[str, object]:
    return value.model_dump(mode="json")


def _person_line(person: Person) -> str:
    state = f"đã thu hồi {texts.when(person.revoked_at)}" if person.revoked_at else _used(person.seen_at)
    return _line(person.id, person.name, (texts.ROLES[person.role], state))


def _key_line(key: Key) -> str:
    state = f"đã thu hồi {texts.when(key.revoked_at)}" if key.revoked_at else _used(key.used_at)
    ends = (f"hết hạn {texts.when(key.expires_at)}",) if key.expires_at else ()
    return _line(key.id, key.name, (", ".join(key.scopes), state, *ends))


def _line(identity: str, name: str, told: Sequence[str]) -> str:
    return f"{identity}  {name}: {'; '.join(told)}"


def _used(moment: datetime | None) -> str:
    return texts.NEVER if moment is None else f"lần cuối {texts.when(moment)}"
