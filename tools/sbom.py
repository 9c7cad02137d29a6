"""The software bill of materials: what an installation of the program consists of (`make sbom`).

    python -m tools.sbom ENVIRONMENT OUTPUT

`ENVIRONMENT`: the Python of a virtual environment that holds the program as it is installed, without extras. The
packages in it are listed by cyclonedx-bom, in whose own environment this runs; what the page serves of other people's
work (`vendor.toml`) is added, and the whole is checked against the schema of CycloneDX.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.vendor import ROOT, SUMS, packages

VERSION = "1.6"
# What is vendored elsewhere is for the tests, and does not ship.
_SHIPPED = "bot/"


def main(environment: str, output: Path) -> None:
    """Write the bill; raises `SystemExit` where it is not valid."""
    command = [
        *(sys.executable, "-m", "cyclonedx_py", "environment", environment),
        *("--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"),
        *("--spec-version", VERSION, "--output-format", "JSON", "--output-reproducible", "--output-file", "-"),
    ]
    made = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    bill = with_vendored(json.loads(made.stdout))
    text = json.dumps(bill, ensure_ascii=False, indent=1) + "\n"
    _validate(text)
    output.write_text(text, encoding="utf-8")
    print(f"{output}: {len(bill['components'])} components")


def with_vendored(bill: dict[str, Any]) -> dict[str, Any]:
    """The bill with the vendored packages, each a component of the program itself."""
    added = [_component(package) for package in packages() if package["into"].startswith(_SHIPPED)]
    root = bill["metadata"]["component"]["bom-ref"]
    names = [one["bom-ref"] for one in added]
    dependencies = [dict(one) for one in bill.get("dependencies", [])] + [{"ref": name} for name in names]
    for one in dependencies:
        if one["ref"] == root:
            one["dependsOn"] = sorted({*one.get("dependsOn", []), *names})
    return {**bill, "components": [*bill["components"], *added], "dependencies": dependencies}


def _component(package: dict[str, Any]) -> dict[str, Any]:
    reference = f"pkg:npm/{package['name'].replace('@', '%40')}@{package['version']}"
    sums = (ROOT / package["into"] / SUMS).read_text(encoding="utf-8").splitlines()
    files = [
        {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}
        for digest, name in (line.split("  ") for line in sums)
    ]
    return {
        "type": "library",
        "bom-ref": reference,
        "name": package["name"],
        "version": package["version"],
        "purl": reference,
        "licenses": [{"license": {"id": package["licence"]}}],
        "properties": [{"name": "danvan:vendored-into", "value": package["into"]}],
        "components": files,
    }


def _validate(text: str) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        raise SystemExit(str(problem))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
