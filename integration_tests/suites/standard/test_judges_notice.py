"""The standard tests are shown faults that they must notice: else they prove nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from airbyte_cdk.test.entrypoint_wrapper import AirbyteEntrypointException
from airbyte_cdk.test.standard_tests import (
    ConnectorTestSuiteBase,
    DestinationTestSuiteBase,
    DiscoveredCatalogWarning,
    SourceTestSuiteBase,
)
from connector_process import over_process

from connectors import DESTINATION_UNITY, SOURCE_PI
from spoiled import FAULTS, spoiled_executable

pytestmark = pytest.mark.filterwarnings(
    "error::airbyte_cdk.test.standard_tests.DiscoveredCatalogWarning"
)
OBJECTIONS = (AssertionError, AirbyteEntrypointException, DiscoveredCatalogWarning)

# Fault of the source, the test that must fail, and the scenario it is run with.
IN_THE_SOURCE = [
    ("an integer with a fraction", "test_basic_read", "config"),
    ("a number as text", "test_basic_read", "config"),
    ("a time that is none", "test_basic_read", "config"),
    ("a key that is null", "test_basic_read", "config"),
    ("a stream without records", "test_basic_read", "config"),
    ("an error and exit code 0", "test_basic_read", "config"),
    ("exit code 3 without an error", "test_basic_read", "config"),
    ("an unknown stream taken", "test_fail_read_with_bad_catalog", "config"),
    ("two statuses", "test_check", "config"),
    ("failure where there is none", "test_check", "config"),
    ("success where there is none", "test_check", "refused"),
    ("a secret in a log", "test_check", "config"),
    ("secrets not marked", "test_spec", None),
    ("two specifications", "test_spec", None),
    ("a stream twice", "test_discover", "config"),
    ("further columns forbidden", "test_discover", "config"),
    ("a key that is no column", "test_discover", "config"),
    ("a cursor that is no column", "test_discover", "config"),
    ("a type Airbyte does not know", "test_discover", "config"),
]
IN_THE_DESTINATION = [
    ("two statuses", "test_check", "config"),
    ("failure where there is none", "test_check", "config"),
    ("success where there is none", "test_check", "blocked"),
    ("a secret in a log", "test_check", "refused"),
]


@pytest.mark.parametrize(("fault", "test", "scenario"), IN_THE_SOURCE)
def test_a_fault_in_the_source_is_noticed(fault: str, test: str, scenario: str | None) -> None:
    with pytest.raises(OBJECTIONS):
        judge(SourceTestSuiteBase, SOURCE_PI, fault, test, scenario)


@pytest.mark.parametrize(("fault", "test", "scenario"), IN_THE_DESTINATION)
def test_a_fault_in_the_destination_is_noticed(fault: str, test: str, scenario: str) -> None:
    with pytest.raises(OBJECTIONS):
        judge(DestinationTestSuiteBase, DESTINATION_UNITY, fault, test, scenario)


@pytest.mark.parametrize(
    ("test", "scenario"), sorted({asked[1:] for asked in IN_THE_SOURCE}, key=str)
)
def test_a_source_without_a_fault_is_not_objected_to(test: str, scenario: str | None) -> None:
    judge(SourceTestSuiteBase, SOURCE_PI, "none", test, scenario)


def test_every_fault_is_shown() -> None:
    assert {fault for fault, *_ in IN_THE_SOURCE} == FAULTS.keys() - {"none"}


def judge(
    tests: type[ConnectorTestSuiteBase],
    connector: Path,
    fault: str,
    test: str,
    scenario: str | None,
) -> None:
    """Runs one of their tests over a connector that has a fault."""
    suite = over_process(tests, connector, spoiled_executable(connector, fault))
    scenarios = {each.id: each for each in suite.get_scenarios()}
    given = [] if scenario is None else [scenarios[scenario]]
    getattr(suite(), test)(*given)
