"""The images under test, and airbyte-cdk's tests over one of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from airbyte_cdk.test.standard_tests.docker_base import DockerConnectorTestSuite

from scenarios import connector_folder

_plan = json.loads((Path(__file__).parents[1] / "suites.json").read_text())
SOURCE_IMAGE, DESTINATION_IMAGE = _plan["suites"]["judge-images"]["images"]
# Every start of `docker` is recorded under this name.
DOCKER = "docker"


def over_image(connector: str, image: str) -> type[DockerConnectorTestSuite]:
    """Their tests, each as it is: only where the files lie and which image it is are told."""

    class OverImage(DockerConnectorTestSuite):
        @pytest.fixture
        def connector_image_override(self) -> str:
            return image

        @classmethod
        def get_connector_root_dir(cls) -> Path:
            return connector_folder(connector)

    return OverImage
