"""Fetch what `vendor.toml` names from the npm registry: `python -m tools.vendor` (`make vendor`).

Only the named files are taken, byte for byte; nothing of a package runs. Beside them stands `SHA256SUMS`, by which
`python -m tools.vendor --check` (and a test) sees whether a vendored file was changed.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SUMS = "SHA256SUMS"


def packages() -> list[dict[str, Any]]:
    """The tables of `vendor.toml`."""
    found: list[dict[str, Any]] = tomllib.loads((ROOT / "tools" / "vendor.toml").read_text(encoding="utf-8"))["package"]
    return found


def fetch(package: dict[str, Any]) -> None:
    """Bring the files of one package, and write their sums."""
    folder = ROOT / package["into"]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        wanted = f"{package['name']}@{package['version']}"
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", place, wanted], check=True)
        archive = next(Path(place).glob("*.tgz")).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        for line in package["files"]:
            source, target = line.split(" = ")
            member = opened.extractfile(f"package/{source}")
            assert member is not None, source
            (folder / target).write_bytes(member.read())
    (folder / SUMS).write_text(sums(package), encoding="utf-8")


def sums(package: dict[str, Any]) -> str:
    """The SHA-256 sums of a package's files, as `sha256sum` prints them."""
    folder = ROOT / package["into"]
    names = sorted(line.split(" = ")[1] for line in package["files"])
    return "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)


def changed() -> list[str]:
    """The folders whose files are not the ones that were fetched."""
    return [one["into"] for one in packages() if (ROOT / one["into"] / SUMS).read_text(encoding="utf-8") != sums(one)]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit("\n".join(changed()))
    for entry in packages():
        fetch(entry)
        print(entry["into"])
