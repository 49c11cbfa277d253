"""What airbyte-cdk's tests are told of a connector: its folder, as they ask for it.

They read `acceptance-test-config.yml` and refuse keys of its older form, so the file they
get is written here and not the one of this project's own harness.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from connectors import ROOT, WORK

def connector_folder(connector: str) -> Path:
    """Where the files of a connector lie; its last part is the connector's name."""
    return WORK / "connectors" / connector


def write_scenarios(connector: str, checked: list[str], read: list[str]) -> None:
    """The file the tests are collected from: all that is known before anything runs.

    `config` succeeds and each other scenario fails. What cannot sign in may be read, too: it
    must not deliver.
    """
    folder = connector_folder(connector)
    (folder / "secrets").mkdir(parents=True, exist_ok=True)
    tests = {
        "spec": [entry(name) for name in checked],
        "connection": [{**entry(name), "status": outcome(name)} for name in checked],
        "discovery": [entry("config")] if read else [],
        "basic_read": [entry(name) for name in read],
    }
    content = {
        "connector_image": f"{connector}:dev",
        "test_strictness_level": "high",
        "acceptance_tests": {section: {"tests": tests[section]} for section in tests},
    }
    # JSON is YAML.
    (folder / "acceptance-test-config.yml").write_text(json.dumps(content, indent=2))


def entry(scenario: str) -> dict:
    return {"config_path": f"secrets/{scenario}.json"}


def outcome(scenario: str) -> str:
    return "succeed" if scenario == "config" else "failed"


def copy_metadata(connector: str) -> None:
    """The tests of an image read it, too."""
    folder = connector_folder(connector)
    shutil.copyfile(ROOT / "spec" / connector / "metadata.yaml", folder / "metadata.yaml")


def write_configs(connector: str, configs: dict[str, dict]) -> None:
    """The configurations of the scenarios, once the neighbours they name are there."""
    for name, config in configs.items():
        path = connector_folder(connector) / "secrets" / f"{name}.json"
        path.write_text(json.dumps(config))
