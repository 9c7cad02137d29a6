"""One typed settings tree, read from `DANVAN_…` variables; it includes the index's."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.errors import DanvanError
from index.settings import IndexSettings

PREFIX = "DANVAN_"


_NO_NETWORK = "“{word}” không phải địa chỉ IP hoặc mạng, ví dụ 127.0.0.1 hoặc 10.0.0.0/8"
_LOWER = BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value)
_WORDS = BeforeValidator(
    lambda value: tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value
)


def _network(word: str) -> str:
    """A proxy's address, or a network of them: nobody is believed by a name, and not everybody at once."""
    try:
        ipaddress.ip_network(word)
    except ValueError:
        raise PydanticCustomError("network", _NO_NETWORK, {"word": word}) from None
    return word


class SettingsError(DanvanError):
    """A `DANVAN_…` variable has a value that cannot be used."""

    def __init__(self, variable: str, problem: str) -> None:
        self.variable, self.problem = variable, problem
        super().__init__(f"{variable}: {problem}")


class Settings(IndexSettings, BaseSettings):
    """All settings of the program. Each field is the variable `DANVAN_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address that the HTTP service listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that the HTTP service listens on")
    access: Annotated[Literal["open", "restricted"] | None, _LOWER] = Field(
        default=None,
        description="open: whoever reaches the address | restricted: people with an invitation, programs with a key; "
        "unset: open on a loopback address, refused on any other",
    )
    hosts: Annotated[tuple[str, ...], NoDecode, _WORDS] = Field(
        default=(),
        description="Names under which the service may be asked, separated by commas (a.vn, *.b.vn); besides: the one "
        "of DANVAN_PUBLIC_URL, loopback names, and, on an address that is not loopback, every IP address",
    )
    forwarded_allow: Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, _WORDS] = Field(
        default=(),
        description="Addresses or networks of the proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, "
        "separated by commas; unset: none",
    )
    session_days: int = Field(default=30, ge=1, le=365, description="So long a browser stays signed in at most")
    session_idle_hours: int = Field(
        default=168, ge=1, le=8760, description="A browser that was not used for so long is signed out"
    )
    rate_person: int = Field(
        default=120, ge=0, le=100_000, description="Requests a minute of one signed-in person, per worker; 0: no limit"
    )
    rate_key: int = Field(
        default=600, ge=0, le=100_000, description="Requests a minute with one API key, per worker; 0: no limit"
    )
    rate_address: int = Field(
        default=600,
        ge=0,
        le=100_000,
        description="Requests a minute without a valid credential from one address that is not this machine's own, "
        "per worker; 0: no limit",
    )
    workers: int = Field(default=1, ge=1, le=64, description="Processes that answer; about one a core")
    requests_at_once: int = Field(
        default=100, ge=1, le=10_000, description="Requests that a worker takes at once; more are answered 503 (busy)"
    )
    shutdown_seconds: int = Field(
        default=10, ge=1, le=600, description="How long requests that have begun may take when the service stops"
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], _LOWER] = Field(
        default="info", description="debug | info | warning | error; debug also tells the texts of exceptions"
    )
    log_format: Annotated[Literal["json", "text"] | None, _LOWER] = Field(
        default=None, description="json | text; unset: text in a terminal, else json"
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="postgresql://user:password@host/database, where records are kept; "
        "unset: records.sqlite in the data folder",
    )
    retention_days: int = Field(
        default=180, ge=0, le=36500, description="Records older than so many days are deleted; 0 keeps them"
    )
    audit: bool = Field(default=True, description="Keep an audit trail")
    secret: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Key of the hashes that stand for people, the same on all machines of one database; "
        "unset: a random one in secret.key in the data folder",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s]+$",
        description="Address under which people reach the page, for links from other channels",
    )
    telegram_token: SecretStr | None = Field(default=None, description="Token of the Telegram bot, from @BotFather")
    telegram_name: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9_]{5,32}$",
        description="Name of the Telegram bot without @, for links t.me/<name>?start=<code> that sign people in",
    )
    telegram_token_file: Path | None = Field(default=None, description="File that holds the token instead")
    telegram_base_url: str = Field(
        default="https://api.telegram.org/bot",
        pattern=r"^https?://[^\s]+$",
        description="Bot API server, as http://127.0.0.1:8081/bot for one of one's own; the token follows directly",
    )
    telegram_proxy: SecretStr | None = Field(
        default=None, description="Proxy for requests to Telegram: http://…, or socks5://… with the package socksio"
    )
    telegram_webhook_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s]+$",
        description="Public address of /telegram/webhook; set: the bot runs inside `danvan serve`",
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="16 to 256 letters, digits, _ or -, by which Telegram's calls are known"
    )
    telegram_late_hours: float = Field(
        default=12, gt=0, le=24 * 7, description="Questions that waited longer are declined instead of answered"
    )
    telegram_person_limit: int = Field(default=20, ge=1, description="Questions of one person a minute")
    telegram_chat_limit: int = Field(default=60, ge=1, description="Questions of one chat a minute")


def load_settings() -> Settings:
    """Read the settings from the environment; raises `SettingsError` naming the variable."""
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        variable = PREFIX + "_".join(part for part in problem["loc"] if isinstance(part, str)).upper()
        raise SettingsError(variable, problem["msg"]) from None
