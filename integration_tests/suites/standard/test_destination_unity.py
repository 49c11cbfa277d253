"""airbyte-cdk's tests of a destination, over the process of destination-unity."""

from __future__ import annotations

from airbyte_cdk.test.standard_tests import DestinationTestSuiteBase, SourceTestSuiteBase
from connector_process import over_process

from connectors import DESTINATION_UNITY


class TestDestinationUnity(over_process(DestinationTestSuiteBase, DESTINATION_UNITY)):
    # They ask it of sources alone, outside an image, but it holds for both.
    test_spec = SourceTestSuiteBase.test_spec
