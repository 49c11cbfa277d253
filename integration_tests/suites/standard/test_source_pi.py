"""airbyte-cdk's tests of a source, over the process of source-pi."""

from __future__ import annotations

import pytest
from airbyte_cdk.test.standard_tests import SourceTestSuiteBase
from connector_process import over_process

from connectors import SOURCE_PI


# What they only warn of (keys, cursors, types) fails here.
@pytest.mark.filterwarnings("error::airbyte_cdk.test.standard_tests.DiscoveredCatalogWarning")
class TestSourcePi(over_process(SourceTestSuiteBase, SOURCE_PI)):
    """Nothing is added and nothing left out."""
