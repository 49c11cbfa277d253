"""The requests to Airbyte's API, as printed, by the models of Airbyte's own client.

What answers is a stand-in that takes everything and keeps it: no Airbyte was met.
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from inspect import getsource
from pathlib import Path

import pytest
from airbyte_api import models
from airbyte_api.connections import Connections
from airbyte_api.sourcedefinitions import SourceDefinitions
from airbyte_api.sources import Sources
from connectors import ROOT
from printed import blocks, workshop

WORKSPACE = "00000000-0000-0000-0000-000000000001"


class Keeping(BaseHTTPRequestHandler):
    """Keeps every request in its server's list."""

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kept = (self.path, dict(self.headers), json.loads(body))
        self.server.kept.append(kept)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def requests() -> list:
    (script,) = blocks("spec/guides/automation.md", run="api")
    server = HTTPServer(("127.0.0.1", 0), Keeping)
    server.kept = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/api/public/v1"
    with workshop("api") as shop:
        ran = shop.sh(script, AIRBYTE=address, TOKEN="secret", WORKSPACE=WORKSPACE)
    server.shutdown()
    assert ran.returncode == 0, ran.stderr
    return server.kept  # type: ignore[attr-defined]


def test_asks_for_what_the_client_would_ask_for(requests: list) -> None:
    known = [
        re.search(rf"'(/{ending})'", getsource(kind)).group(1)
        for kind, ending in [
            (SourceDefinitions, "workspaces/{workspaceId}/definitions/sources"),
            (Sources, "sources"),
            (Connections, "connections"),
        ]
    ]
    asked = [path.removeprefix("/api/public/v1") for path, _, _ in requests]

    assert asked == [path.replace("{workspaceId}", WORKSPACE) for path in known]


@pytest.mark.parametrize(
    ("place", "model"),
    enumerate(
        [
            models.CreateDefinitionRequest,
            models.SourceCreateRequest,
            models.ConnectionCreateRequest,
        ]
    ),
)
def test_says_what_the_model_knows(requests: list, place: int, model) -> None:
    _, headers, body = requests[place]
    # What a connector is configured with is its own affair, not the model's.
    said = {name: value for name, value in body.items() if name != "configuration"}
    known = model.from_dict({**said, "configuration": None} if "configuration" in body else said)

    assert headers["Authorization"] == "Bearer secret"
    assert headers["Content-Type"] == "application/json"
    kept = json.loads(known.to_json())
    assert {name: kept.get(name) for name in said} == said


def test_configures_the_source_as_it_wants_to_be(requests: list) -> None:
    configuration = requests[1][2]["configuration"]
    script = (
        f"const {{configSchema}} = require('{ROOT}/sources/pi/lib/config.js');"
        f"require('{ROOT}/airbyte-cdk-ts')"
        ".parseConfig(configSchema, JSON.parse(process.argv[1]));"
    )
    ran = subprocess.run(
        ["node", "-e", script, json.dumps(configuration)], capture_output=True, text=True
    )

    assert ran.returncode == 0, ran.stderr


def test_synchronizes_every_stream(requests: list) -> None:
    catalog = json.loads(Path(ROOT / "spec/source-pi/catalog.json").read_text())
    asked = requests[2][2]["configurations"]["streams"]

    assert sorted(each["name"] for each in catalog["streams"]) == sorted(
        each["name"] for each in asked
    )
