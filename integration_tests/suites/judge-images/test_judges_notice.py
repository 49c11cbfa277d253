"""The tests of an image are shown faults that they must notice: else they prove nothing.

A `docker` that changes what the image prints stands in front of the one that runs it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from airbyte_cdk.test.entrypoint_wrapper import AirbyteEntrypointException
from airbyte_cdk.test.standard_tests import docker_base
from images import SOURCE_IMAGE, over_image

from spoiled import spoiled_executable

OBJECTIONS = (AssertionError, AirbyteEntrypointException)
SPEC, CHECK, READ = (
    f"test_docker_image_build_and_{command}" for command in ("spec", "check", "read")
)

# Fault of the image, the test that must fail, and the scenario it is run with.
FAULTS = [
    ("secrets not marked", SPEC, None),
    ("two specifications", SPEC, None),
    ("failure where there is none", CHECK, "config"),
    ("success where there is none", CHECK, "refused"),
    ("a secret in a log", CHECK, "config"),
    ("an error and exit code 0", READ, "config"),
    ("exit code 3 without an error", READ, "config"),
]


@pytest.mark.parametrize(("fault", "test", "scenario"), FAULTS)
def test_a_fault_in_the_image_is_noticed(
    monkeypatch: pytest.MonkeyPatch, fault: str, test: str, scenario: str | None
) -> None:
    with pytest.raises(OBJECTIONS):
        judge(monkeypatch, fault, test, scenario)


@pytest.mark.parametrize(("test", "scenario"), [(SPEC, None), (CHECK, "config")])
def test_an_image_without_a_fault_is_not_objected_to(
    monkeypatch: pytest.MonkeyPatch, test: str, scenario: str | None
) -> None:
    judge(monkeypatch, "none", test, scenario)


def judge(
    monkeypatch: pytest.MonkeyPatch, fault: str, test: str, scenario: str | None
) -> None:
    """Runs one of their tests of an image over the source's, which has a fault."""
    front = spoiled_executable(Path(shutil.which("docker")), fault)
    monkeypatch.setenv("PATH", f"{front.parent}:{os.environ['PATH']}")
    # They keep the specification of an image, which has another one now.
    monkeypatch.setattr(docker_base, "_docker_spec_cache", {})
    suite = over_image("source-pi", SOURCE_IMAGE)
    scenarios = {each.id: each for each in suite.get_scenarios()}
    given = {} if scenario is None else {"scenario": scenarios[scenario]}
    reading = {"read_from_streams": "all", "read_scenarios": "default"} if test == READ else {}
    getattr(suite(), test)(
        **given,
        **reading,
        connector_image_override=SOURCE_IMAGE,
        connector_base_image_override=None,
    )
