"""Counts what the checks found, for the closing line of the suite."""

import json
import os
from pathlib import Path


class Tally:
    """A check that was skipped or expected to fail has shown nothing: it counts as failed."""

    def __init__(self) -> None:
        self.passed: set[str] = set()
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report) -> None:
        if report.when == "call" and report.outcome == "passed" and not hasattr(report, "wasxfail"):
            self.passed.add(report.nodeid)
        elif report.outcome != "passed" or hasattr(report, "wasxfail"):
            self.failed.add(report.nodeid)

    def pytest_collectreport(self, report) -> None:
        if report.failed:
            self.failed.add(f"collecting {report.nodeid}")

    def pytest_sessionfinish(self) -> None:
        counts = {"passed": len(self.passed - self.failed), "failed": len(self.failed)}
        Path(os.environ["SUITES_COUNTS"]).write_text(json.dumps(counts))


def pytest_configure(config) -> None:
    config.pluginmanager.register(Tally())
