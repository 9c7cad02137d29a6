"""The generated pages of the docs: commands, metrics and settings, as the program itself knows them.

`python -m bot.reference docs` writes them; a test compares them with what stands there.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from typer.main import get_command

from bot.cli import app
from bot.metrics.catalogue import catalogue
from bot.settings import PREFIX, Settings

_MADE = "<!-- Made by `make docs`; do not edit. -->\n"


def pages() -> dict[str, str]:
    """File name to content of every generated page."""
    return {"cli.md": cli_page(), "metrics.md": metrics_page(), "settings.md": settings_page()}


def cli_page() -> str:
    """Every command with its help, as `--help` prints it."""
    group = get_command(app)
    return "\n".join([_MADE, "# Lệnh `danvan`\n", _help(group, "danvan"), *_commands(group, "danvan", 2)]) + "\n"


def _commands(group: object, path: str, level: int) -> list[str]:
    lines = []
    for name, command in sorted(getattr(group, "commands", {}).items()):
        full = f"{path} {name}"
        lines += [f"\n{'#' * level} `{full}`\n", _help(command, full), *_commands(command, full, level + 1)]
    return lines


def _help(command: object, name: str) -> str:
    runner = typer.Context(command, info_name=name, terminal_width=100, max_content_width=100)  # type: ignore[arg-type]
    with runner:
        return f"```\n{runner.get_help()}\n```"


def settings_page() -> str:
    """Every setting: variable, default, meaning."""
    lines = [_MADE, "# Settings\n", "| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        shown = None if field.default == () else field.default
        default = "the checkout's or the package's `docs/directives`" if name == "corpus" else f"`{shown}`"
        lines.append(f"| `{PREFIX}{name.upper()}` | {default} | {(field.description or '').replace('|', '/')} |")
    return "\n".join(lines) + "\n"


def metrics_page() -> str:
    """Every metric: name, kind, labels, meaning."""
    lines = [_MADE, "# Metrics\n", "| metric | kind | labels | meaning |", "|---|---|---|---|"]
    for metric in catalogue():
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        lines.append(f"| `{metric.name}` | {metric.kind} | {labels} | {metric.meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for page, content in pages().items():
        (Path(sys.argv[1]) / page).write_text(content, encoding="utf-8")
