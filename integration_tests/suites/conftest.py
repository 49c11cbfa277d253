"""Counts what the checks found, for the closing line of the suite."""

import json
import os
import sys
from pathlib import Path


class Tally:
    """A check that was skipped or expected to fail has shown nothing: it counts as failed."""

    def __init__(self) -> None:
        self.passed: set[str] = set()
        self.failed: set[str] = set()
        self.exit_status = 1

    def pytest_runtest_logreport(self, report) -> None:
        if (
            report.when == "call"
            and report.outcome == "passed"
            and not hasattr(report, "wasxfail")
        ):
            self.passed.add(report.nodeid)
        elif report.outcome != "passed" or hasattr(report, "wasxfail"):
            self.failed.add(report.nodeid)

    def pytest_collectreport(self, report) -> None:
        if report.failed:
            self.failed.add(f"collecting {report.nodeid}")

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        self.exit_status = int(exitstatus)
        passed = self.passed - self.failed
        by_file = {
            name: {"passed": among(passed, name), "failed": among(self.failed, name)}
            for name in {file_of(check) for check in passed | self.failed}
        }
        counts = {"passed": len(passed), "failed": len(self.failed), "by_file": by_file}
        Path(os.environ["SUITES_COUNTS"]).write_text(json.dumps(counts))


def file_of(check: str) -> str:
    return check.split("::")[0].split("/")[-1]


def among(checks: set[str], file: str) -> int:
    return sum(file_of(check) == file for check in checks)


def pytest_configure(config) -> None:
    config.pluginmanager.register(Tally(), "tally")


def pytest_unconfigure(config) -> None:
    """Ends the process here, after everything was said.

    Threads of deltalake that still run while Python takes itself apart can abort it, which
    would turn a finished run into a failed one.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(config.pluginmanager.get_plugin("tally").exit_status)
