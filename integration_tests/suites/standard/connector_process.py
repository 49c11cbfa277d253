"""airbyte-cdk's standard tests over a process: the runner is ours, every assertion theirs.

They start a connector through one function of a private name, which is replaced here; so
the version is pinned. Going through a `Source` object in Python instead would hide faults:
the CDK's entry point writes its own counts into each state.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from airbyte_cdk.test import entrypoint_wrapper
from airbyte_cdk.test.entrypoint_wrapper import EntrypointOutput
from airbyte_cdk.test.standard_tests import ConnectorTestSuiteBase

from connectors import DESTINATION_UNITY, SOURCE_PI, Run, run
from scenarios import connector_folder

Tests = TypeVar("Tests", bound=ConnectorTestSuiteBase)

# Runs of the connectors as they are, for the judges of lines.
honest_runs: list[Run] = []


class ConnectorProcess:
    """What the tests hold for a connector object. They ask for nothing but `spec`."""

    def __init__(self, executable: Path) -> None:
        self.executable = executable

    def spec(self, logger: object) -> None:
        raise NotImplementedError("The runner starts a process instead.")


def over_process(
    tests: type[Tests], connector: Path, executable: Path | None = None
) -> type[Tests]:
    """Their tests over a connector, or over an executable that stands for it."""

    class OverProcess(tests):
        @staticmethod
        def connector() -> ConnectorProcess:
            return ConnectorProcess(executable or connector)

        @classmethod
        def get_connector_root_dir(cls) -> Path:
            return connector_folder(connector.name)

    return OverProcess


def run_process(
    source: ConnectorProcess,
    args: list[str],
    expecting_exception: bool | None = None,
    *,
    expected_outcome: object = None,
) -> EntrypointOutput:
    """Runs the executable and hands its lines over as they were printed.

    Their parser does not know exit codes: one that is not 0 without an error in the lines
    becomes an error here. That verdict is ours.
    """
    done = run(source.executable, *args)
    if source.executable in (SOURCE_PI, DESTINATION_UNITY):
        honest_runs.append(done)
    output = output_of(done)
    if done.exit_code == 0 or output.errors:
        return output
    return output_of(done, RuntimeError(f"exit code {done.exit_code} without a TRACE ERROR"))


def output_of(done: Run, uncaught: BaseException | None = None) -> EntrypointOutput:
    return EntrypointOutput(
        message_file=done.stdout,
        uncaught_exception=uncaught,
        command=[done.executable.name, *done.arguments],
        stderr=done.stderr.read_text(errors="replace"),
    )


entrypoint_wrapper._run_command = run_process
