"""The scripts that the pages print, and a folder in which they run as printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from connectors import ROOT, WORK
from plant import PASSWORD, USERNAME, Plant

START = "2026-03-01T06:00:00Z"
NOW = "2026-03-02T06:00:00Z"
NOBODY = "http://127.0.0.1:9/piwebapi"
BLOCK = re.compile(r"<!-- ([^>]*) -->\n\s*^( *)```(\w+)\n(.*?)^ *```$", re.M | re.S)


def blocks(page: str, **marks: str) -> list[str]:
    """The blocks of a page whose comment says all of that: `blocks(page, run="docker")`."""
    found = BLOCK.finditer((ROOT / page).read_text())
    return [
        re.sub(f"^{indent}", "", text, flags=re.M)
        for said, indent, _, text in (match.groups() for match in found)
        if marks.items() <= parsed(said).items()
    ]


def parsed(said: str) -> dict[str, str]:
    parts = (mark.partition(":") for mark in said.split(";"))
    return {name.strip(): value.strip() for name, _, value in parts}


class Workshop:
    """The repository's programs by their printed paths, the README's documents beside them,
    and a simulator (a stand-in for PI) behind the address in `source.json`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        for name in ("airbyte-cdk-ts", "destination-unity", "integration_tests", "sources"):
            (folder / name).symlink_to(ROOT / name)
        (folder / "faker").symlink_to(Path(os.environ["SUITES_HOME"]) / "environments/faker")
        self.plant = Plant("--points", "12", "--history-start", START, now=NOW)
        for name in ("source.json", "destination.json"):
            (printed,) = blocks("README.md", file=name)
            self.write(name, json.loads(printed))
        self.write("source.json", self.source_config())

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *stopped: object) -> None:
        self.plant.__exit__(*stopped)

    def source_config(self, **more: object) -> dict:
        return {
            "base_url": self.plant.url,
            "credentials": {
                "auth_type": "basic",
                "username": USERNAME,
                "password": PASSWORD,
            },
            "start_date": START,
            "settle_seconds": 0,
            **more,
        }

    def write(self, name: str, document: object) -> None:
        (self.folder / name).write_text(json.dumps(document))

    def sh(self, script: str, **environment: str) -> subprocess.CompletedProcess:
        return self._run(["bash", "-euo", "pipefail", "-c", script], environment)

    def python(self, script: str) -> subprocess.CompletedProcess:
        return self._run([sys.executable, "-c", script], {})

    def _run(self, argv: list[str], environment: dict) -> subprocess.CompletedProcess:
        return subprocess.run(
            argv,
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=300,
        )


def workshop(name: str) -> Workshop:
    return Workshop(WORK / name)


def prepared(name: str) -> Workshop:
    """With the catalog that the README makes."""
    made = workshop(name)
    ran = made.sh(blocks("README.md", run="node")[0])
    assert ran.returncode == 0, ran.stderr
    return made


def went_through(ran: subprocess.CompletedProcess) -> None:
    """Fails with what was said, unless the script ended well and reported no error."""
    said = [line for line in ran.stdout.splitlines() if '"ERROR"' in line]
    assert (ran.returncode, said) == (0, []), ran.stdout[-1000:] + ran.stderr[-2000:]
