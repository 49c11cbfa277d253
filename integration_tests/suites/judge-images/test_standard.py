"""airbyte-cdk's own tests of an image, over both: nothing added, nothing left out."""

from __future__ import annotations

from images import DESTINATION_IMAGE, SOURCE_IMAGE, over_image


class TestSourcePi(over_image("source-pi", SOURCE_IMAGE)):
    """Read from all streams, which is off unless asked for."""


class TestDestinationUnity(over_image("destination-unity", DESTINATION_IMAGE)):
    """They test no destination's writing."""
