"""The Terraform example by a parser of HCL that is not ours, and what it sets up."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import hcl2
import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "spec/guides/automation.md").read_text()
(EXAMPLE,) = re.findall(r"```hcl\n(.*?)```", PAGE, re.S)


def resources() -> dict[str, dict]:
    """Every resource by its type."""
    parsed = hcl2.loads(EXAMPLE)
    return {
        unquoted(kind): body
        for each in parsed["resource"]
        for kind, named in each.items()
        for body in named.values()
    }


def unquoted(text: str) -> str:
    return text.strip('"')


def test_sets_up_both_connectors_and_a_connection() -> None:
    assert set(resources()) == {
        "airbyte_source_definition",
        "airbyte_destination_definition",
        "airbyte_source",
        "airbyte_destination",
        "airbyte_connection",
    }


@pytest.mark.parametrize(
    ("kind", "connector"),
    [
        ("airbyte_source_definition", "source-pi"),
        ("airbyte_destination_definition", "destination-unity"),
    ],
)
def test_names_the_image_and_the_page_of_the_metadata(kind: str, connector: str) -> None:
    definition = {name: unquoted(str(value)) for name, value in resources()[kind].items()}
    metadata = (ROOT / f"spec/{connector}/metadata.yaml").read_text()

    for field, member in {
        "docker_repository": "dockerRepository",
        "docker_image_tag": "dockerImageTag",
        "documentation_url": "documentationUrl",
        "name": "name",
    }.items():
        assert f"  {member}: {definition[field]}\n" in metadata


def test_synchronizes_every_stream_in_a_mode_it_has() -> None:
    catalog = json.loads((ROOT / "spec/source-pi/catalog.json").read_text())
    modes = dict(
        re.findall(r'{ name = "(\w+)", sync_mode = "(\w+)" }', EXAMPLE),
    )

    assert modes.keys() == {stream["name"] for stream in catalog["streams"]}
    for stream in catalog["streams"]:
        incremental = "incremental" in stream["supported_sync_modes"]
        assert modes[stream["name"]].startswith(
            "incremental" if incremental else "full_refresh"
        )


@pytest.mark.parametrize(
    ("kind", "product"),
    [("airbyte_source", "sources/pi"), ("airbyte_destination", "destination-unity")],
)
def test_gives_settings_that_the_connector_takes(kind: str, product: str) -> None:
    """The object inside jsonencode, with texts in place of the variables."""
    block = re.search(rf'resource "{kind}" .*?jsonencode\((.*?)\n  }}\)', EXAMPLE, re.S)
    settings = as_json(block.group(1) + "\n  }")
    script = (
        f"const {{configSchema}} = require('{ROOT}/{product}/lib/config.js');"
        f"const {{parseConfig}} = require('{ROOT}/airbyte-cdk-ts');"
        "parseConfig(configSchema, JSON.parse(process.argv[1]));"
    )
    ran = subprocess.run(
        ["node", "-e", script, json.dumps(settings)], capture_output=True, text=True
    )

    assert ran.returncode == 0, ran.stderr


def as_json(expression: str) -> dict:
    """A small part of HCL: objects, lists and texts."""
    text = re.sub(r"\bvar\.\w+", '"a-secret"', expression)
    text = re.sub(r"^(\s*)(\w+)\s*=", r'\1"\2":', text, flags=re.M)
    text = re.sub(r"{ (\w+) =", r'{ "\1":', text)
    text = re.sub(r'(["}\]])\n(\s*")', r"\1,\n\2", text)
    return json.loads(text)
