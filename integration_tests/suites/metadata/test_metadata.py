"""metadata.yaml of both connectors by the model that Airbyte publishes for it."""

from __future__ import annotations

import copy
import json
import os
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator, FormatChecker

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = (
    Path(os.environ["SUITES_HOME"])
    / "downloads/airbyte-connector-models/airbyte_connector_models/metadata/v0"
)
sys.path.insert(0, str(PUBLISHED))

from connector_metadata_definition_v0 import (  # noqa: E402
    ConnectorMetadataDefinitionV0,
)

CONNECTORS = ("source-pi", "destination-unity")


def without_inner_ids(schema: object, is_root: bool = True) -> object:
    """Its parts were put together and kept their ids, beside which no reference holds."""
    if isinstance(schema, list):
        return [without_inner_ids(each, False) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: without_inner_ids(member, False)
        for name, member in schema.items()
        if is_root or name != "$id"
    }


SCHEMA = without_inner_ids(
    json.loads((PUBLISHED / "ConnectorMetadataDefinitionV0.json").read_text())
)


def metadata(connector: str) -> dict:
    """The file as a registry would read it: YAML's own dates become text."""
    text = (ROOT / f"spec/{connector}/metadata.yaml").read_text()
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def faults(document: dict) -> list[str]:
    """What the published JSON Schema and the published model object to."""
    found = Draft7Validator(SCHEMA, format_checker=FormatChecker()).iter_errors(document)
    said = [f"schema: {'/'.join(map(str, each.path))}: {each.message}" for each in found]
    try:
        ConnectorMetadataDefinitionV0.model_validate_json(json.dumps(document))
    except ValueError as error:
        said.append(f"model: {error}")
    return said


@pytest.mark.parametrize("connector", CONNECTORS)
def test_fits_the_published_model(connector: str) -> None:
    assert faults(metadata(connector)) == []


@pytest.mark.parametrize("connector", CONNECTORS)
def test_keeps_all_that_it_says_in_the_model(connector: str) -> None:
    """A misspelt field that a model ignores would be told to nobody."""
    document = metadata(connector)
    model = ConnectorMetadataDefinitionV0.model_validate_json(json.dumps(document))
    kept = json.loads(model.model_dump_json(by_alias=True, exclude_unset=True))

    assert kept == document


PLANTED = {
    "no licence": lambda data: data.pop("license"),
    "a tag that is a number": lambda data: data.update(dockerImageTag=0.1),
    "an id that is none": lambda data: data.update(definitionId="source-pi"),
    "an unknown field": lambda data: data.update(dockerImage="x"),
    "an unknown support level": lambda data: data.update(supportLevel="bronze"),
    "an unknown kind of connector": lambda data: data.update(connectorSubtype="historian"),
    "silence as text": lambda data: data.update(maxSecondsBetweenMessages="long"),
    "an unknown suite": lambda data: data.update(
        connectorTestSuitesOptions=[{"suite": "cat"}]
    ),
    "an unknown job": lambda data: data.update(
        resourceRequirements={"jobSpecific": [{"jobType": "x", "resourceRequirements": {}}]}
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_the_judges_notice(fault: str) -> None:
    document = copy.deepcopy(metadata("source-pi"))
    PLANTED[fault](document["data"])

    assert faults(document) != []
