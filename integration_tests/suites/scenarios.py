"""What airbyte-cdk's tests are told of a connector: its folder, as they ask for it.

They read `acceptance-test-config.yml` and refuse keys of its older form, so the file they
get is written here and not the one of this project's own harness.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from connectors import ROOT, WORK

CHECKED = {
    "source-pi": ["config", "refused", "unreachable"],
    "destination-unity": ["config", "refused", "unreachable", "blocked"],
}

# The command a test is about. A scenario that is not meant for a command would be skipped
# by the test itself; a skipped check counts as failed here, so it is not collected.
COMMAND_OF_TEST = {
    "test_check": "check",
    "test_config_matches_spec": "spec",
    "test_discover": "discover",
    "test_basic_read": "read",
    "test_fail_read_with_bad_catalog": "read",
    "test_docker_image_build_and_check": "check",
    "test_docker_image_build_and_config_matches_spec": "spec",
    "test_docker_image_build_and_discover": "discover",
    "test_docker_image_build_and_read": "read",
}
# It compares with what Airbyte's registry has published, which knows nothing of us yet.
NEEDS_THE_REGISTRY = "test_docker_image_spec_backward_compatibility"


def keep_what_is_asked_for(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves in `items` what the scenarios ask for, the judges of lines at the end."""
    asked = [item for item in items if is_asked_for(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in asked])
    items[:] = sorted(asked, key=lambda item: item.path.name == "test_lines.py")


def is_asked_for(item: pytest.Item) -> bool:
    name = getattr(item, "originalname", item.name)
    if name == NEEDS_THE_REGISTRY:
        return False
    command = COMMAND_OF_TEST.get(name)
    scenario = getattr(getattr(item, "callspec", None), "params", {}).get("scenario")
    return scenario is None or command is None or scenario.runs(command)


def connector_folder(connector: str) -> Path:
    """Where the files of a connector lie; its last part is the connector's name."""
    return WORK / "connectors" / connector


def write_scenarios(connector: str, read: list[str]) -> None:
    """The file the tests are collected from: all that is known before anything runs.

    `config` succeeds and each other scenario fails. What cannot sign in may be read, too: it
    must not deliver.
    """
    folder = connector_folder(connector)
    (folder / "secrets").mkdir(parents=True, exist_ok=True)
    tests = {
        "spec": [entry(name) for name in CHECKED[connector]],
        "connection": [{**entry(name), "status": outcome(name)} for name in CHECKED[connector]],
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
