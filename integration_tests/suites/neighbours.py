"""What the connectors are pointed at: a plant, a door that stays closed, and nothing."""

from __future__ import annotations

from base64 import b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

from plant import Plant, forms_of_secret
from readers_of_delta import destination_config

START, NOW = "2026-03-02T04:00:00Z", "2026-03-02T06:00:00Z"
NOBODY_LISTENS = 9
TOKEN = "dapi-f00d+cafe/0123456789="


def source_configs(plant: Plant) -> dict[str, dict]:
    good = plant.config(start_date=START)
    stranger = good["credentials"] | {"username": "PLANT\\nobody"}
    return {
        "config": good,
        "refused": good | {"credentials": stranger},
        "unreachable": good | {"base_url": f"http://127.0.0.1:{NOBODY_LISTENS}/piwebapi"},
    }


def destination_configs(closed_door: str, lake: Path, a_file: Path) -> dict[str, dict]:
    """`lake` can be written to; below `a_file` there is no place for a folder."""
    registration = {"url": closed_door, "token": TOKEN, "catalog": "plant"}
    good = destination_config(lake)
    return {
        "config": good,
        "refused": good | {"engine": {**good["engine"], "register": registration}},
        "unreachable": good
        | {
            "engine": {
                "type": "databricks",
                "host": "127.0.0.1",
                "port": NOBODY_LISTENS,
                "http_path": "/sql/1.0/warehouses/0123456789abcdef",
                "authentication": {
                    "auth_type": "personal_access_token",
                    "personal_access_token": TOKEN,
                },
            }
        },
        "blocked": destination_config(a_file / "lake"),
    }


def forms_of_secrets() -> list[bytes]:
    """What must stand in no line: password and token, however they are written."""
    token = TOKEN.encode()
    return [*forms_of_secret(), token, quote(TOKEN, safe="").encode(), b64encode(token)]


class ClosedDoor:
    """A server that answers 401 to every request; `with` stops it."""

    def __enter__(self) -> ClosedDoor:
        self._server = HTTPServer(("127.0.0.1", 0), _Refusal)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Refusal(BaseHTTPRequestHandler):
    def _refuse(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b'{"error_code": "UNAUTHENTICATED", "message": "Credential was not accepted"}'
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = _refuse

    def log_message(self, *_: object) -> None:
        """The suite's output is for the checks."""
