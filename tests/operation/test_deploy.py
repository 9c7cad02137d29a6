"""What an administrator installs: image, compose file, units, alerts; checked as far as it can be without Docker."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import app
from bot.metrics.catalogue import catalogue
from bot.settings import PREFIX, Settings
from tests.conftest import REPOSITORY
from tests.index.chroma_server import ChromaServer

DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
STAGES = [stage for stage in re.split(r"^(?=FROM )", DOCKERFILE, flags=re.MULTILINE) if stage.startswith("FROM ")]
SYSTEMD = REPOSITORY / "deploy" / "systemd"
UNITS = sorted(path.name for path in SYSTEMD.glob("*.service"))


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def test_the_image_copies_what_there_is_and_nothing_is_kept_from_it() -> None:
    allowed = [
        line[1:]
        for line in (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    ]
    copied = [
        source for line in re.findall(r"^COPY (?!--from)(.+)$", STAGES[0], re.MULTILINE) for source in line.split()[:-1]
    ]
    assert len(copied) >= 8
    for source in copied:
        assert (REPOSITORY / source).exists()
        assert source in allowed
    assert set(allowed) == set(copied)


def test_the_image_is_small_and_unprivileged() -> None:
    last = STAGES[-1]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert last.index("USER ") > last.index("RUN "), "what root does comes before"
    assert "HEALTHCHECK" in last
    assert not re.search(r"pip|apt|gcc|COPY (?!--from)", last)
    assert "models" not in DOCKERFILE, "torch comes with the extra models"
    assert "constraints.txt" in STAGES[0]


def test_containers_write_nothing_but_their_volume() -> None:
    services = compose()["services"]
    ours = {name: one for name, one in services.items() if str(one["image"]).startswith("danvan:")}
    assert set(ours) == {"index", "danvan", "telegram"}
    for one in ours.values():
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert one["volumes"] == ["data:/data"]
    published = [port for one in services.values() for port in one.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert services["postgres"]["profiles"] == ["postgres"]
    assert services["chroma"]["profiles"] == ["chroma"]
    assert "ports" not in services["chroma"]
    assert not any("DANVAN_TELEGRAM_TOKEN" in one["environment"] for one in ours.values())


def test_the_chroma_server_is_of_the_clients_version_and_nobody_elses() -> None:
    made = compose()
    services, chroma = made["services"], made["services"]["chroma"]
    pinned = re.search(r"^chromadb==(.+)$", (REPOSITORY / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert pinned is not None
    assert chroma["image"] == f"chromadb/chroma:{pinned[1]}"
    assert chroma["volumes"] == ["chroma:/data"]
    assert set(made["volumes"]) == {"data", "postgres", "chroma"}
    assert made["networks"] == {"default": {}, "vectors": {"internal": True}}
    assert services["index"]["networks"] == chroma["networks"] == ["vectors"], "building needs nothing else"
    reaching = {name for name, one in services.items() if "vectors" in one.get("networks", [])}
    assert reaching == {"chroma", "index", "danvan", "telegram"}
    for name in ("index", "danvan", "telegram"):
        assert "network_mode" not in services[name]
        assert services[name]["depends_on"]["chroma"] == {"condition": "service_healthy", "required": False}
        assert {"DANVAN_CHROMA_URL", "DANVAN_CHROMA_TOKEN"} <= set(services[name]["environment"])


def test_the_health_check_of_the_chroma_server_tells_one_that_answers(tmp_path: Path) -> None:
    kind, *command = compose()["services"]["chroma"]["healthcheck"]["test"]
    assert kind == "CMD"
    server = ChromaServer(tmp_path)
    command[-1] = command[-1].replace("$$", "$").replace("/8000", f"/{server.port}")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
    server.start()
    try:
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
        command[-1] = command[-1].replace("/heartbeat", "/no-such-address")
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0
    finally:
        server.stop()


def test_the_commands_that_are_started_exist() -> None:
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    started = {one["command"][1] for one in compose()["services"].values() if "command" in one}
    started |= set(re.findall(r"danvan (\w+)", re.search(r"^CMD (.+)$", STAGES[-1], re.MULTILINE)[1]))  # type: ignore[index]
    for unit in UNITS:
        started |= set(re.findall(r"/opt/danvan/bin/danvan (\w+)", (SYSTEMD / unit).read_text(encoding="utf-8")))
    assert started == {"index", "serve", "telegram", "backup"}
    assert started <= known


def test_every_variable_that_is_named_is_a_setting() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    known |= {"DANVAN_VERSION", "DANVAN_PUBLISHED_PORT"}  # of compose.yaml itself
    files = [
        REPOSITORY / "Dockerfile",
        REPOSITORY / "compose.yaml",
        *SYSTEMD.iterdir(),
        REPOSITORY / "docs" / "operations.md",
    ]
    for path in files:
        named = set(re.findall(r"DANVAN_[A-Z_]+[A-Z]", path.read_text(encoding="utf-8")))
        assert named <= known, path.name


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A machine's file tree with the units and what they start."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd on this machine")
    for program in ("opt/danvan/bin/danvan", "bin/sh", "usr/bin/find"):
        (tmp_path / program).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / program).write_text("#!/bin/sh\n")
        (tmp_path / program).chmod(0o755)
    shutil.copytree(SYSTEMD, tmp_path / "etc" / "systemd" / "system")
    if Path("/lib/systemd/system").is_dir():
        shutil.copytree("/lib/systemd/system", tmp_path / "usr" / "lib" / "systemd" / "system", symlinks=True)
    return tmp_path


def analyze(root: Path, *arguments: str) -> tuple[int, str]:
    made = subprocess.run(
        ["systemd-analyze", f"--root={root}", "--man=no", *arguments], capture_output=True, text=True, check=False
    )
    return made.returncode, made.stdout + made.stderr


@pytest.mark.parametrize("unit", [*UNITS, "danvan-backup.timer"])
def test_systemd_reads_the_unit_without_a_word(root: Path, unit: str) -> None:
    code, said = analyze(root, "verify", unit)
    if code and "Failed to" in said and unit not in said:
        pytest.skip(f"systemd-analyze does not work here: {said}")
    ours = [line for line in said.splitlines() if "danvan" in line]
    assert (ours, code) == ([], 0), said


@pytest.mark.parametrize("unit", UNITS)
def test_the_unit_is_hardened(root: Path, unit: str) -> None:
    code, said = analyze(root, "security", "--offline=true", "--threshold=15", "--no-pager", unit)
    if "unrecognized option" in said or "Failed to" in said:
        pytest.skip(f"systemd-analyze does not work here: {said}")
    assert code == 0, said


def test_the_bots_token_is_a_credential() -> None:
    unit = (SYSTEMD / "danvan-telegram.service").read_text(encoding="utf-8")
    assert "LoadCredential=telegram-token:" in unit
    assert "DANVAN_TELEGRAM_TOKEN_FILE=%d/telegram-token" in unit
    assert not re.search(r"DANVAN_TELEGRAM_TOKEN=", unit)


def test_alerts_speak_of_metrics_that_there_are() -> None:
    rules = yaml.safe_load((REPOSITORY / "deploy" / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    known = {one.name for one in catalogue()}
    used = set()
    for rule in rules["groups"][0]["rules"]:
        used |= {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"danvan_\w+", rule["expr"])}
    assert used
    assert used <= known
