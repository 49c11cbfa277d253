"""The simulated PI System the suites read from, and its account of what it holds.

The simulator is this project's stand-in for PI. Its `truth` command answers without the
HTTP layer, so what a sync delivers is compared with the plant, not with the server.
"""

from __future__ import annotations

import json
import subprocess
import urllib.request
from base64 import b64encode
from urllib.parse import quote, quote_plus

from connectors import ROOT

SIMULATOR = ROOT / "integration_tests/pi-simulator/bin/pi-simulator"
USERNAME = "PLANT\\svc airbyte"
# Letters that are written differently in a URL, in base64 and in JSON: a leak in any of
# these forms is looked for.
PASSWORD = 'k3ine+Gnade/"für%Lecks\\'


class Plant:
    """A running simulator; `with` stops it."""

    def __init__(self, *options: str, now: str) -> None:
        """`options` hold no span relative to now: the truth is asked for after now moved."""
        assert "--history-days" not in options
        self._options = options
        self.now = now
        self._process = subprocess.Popen(
            [
                SIMULATOR,
                "serve",
                *options,
                "--now",
                now,
                "--username",
                USERNAME,
                "--password",
                PASSWORD,
            ],
            stdout=subprocess.PIPE,
        )
        first_line = self._process.stdout.readline()
        assert first_line, f"pi-simulator serve ended with {self._process.wait()}"
        self.url: str = json.loads(first_line)["url"]

    def __enter__(self) -> Plant:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        self._process.stdout.close()

    def move_clock(self, now: str) -> None:
        """From here on the archive holds what happened until `now`."""
        server = self.url.removesuffix("/").removesuffix("/piwebapi")
        token = b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(
            f"{server}/simulator/clock",
            method="POST",
            data=json.dumps({"now": now}).encode(),
            headers={"Authorization": f"Basic {token}", "Content-Type": "application/json"},
        )
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            request, timeout=10
        ).close()
        self.now = now

    def truth(
        self, from_: str, to: str | None = None, stream: str = "timeseries"
    ) -> list[dict]:
        """Every record a stream must deliver for `[from_, to)`; `to` is the plant's now."""
        answer = subprocess.run(
            [SIMULATOR, "truth", *self._plant_options(), "--now", self.now]
            + ["--from", from_, "--to", to or self.now, "--stream", stream],
            stdout=subprocess.PIPE,
            check=True,
        )
        records = [json.loads(line) for line in answer.stdout.splitlines()]
        assert records, f"the plant holds no {stream}: nothing would be compared"
        return records

    def config(self, **more: object) -> dict:
        """A source-pi configuration that reads this plant up to its present."""
        return {
            "base_url": self.url,
            "credentials": {"auth_type": "basic", "username": USERNAME, "password": PASSWORD},
            "settle_seconds": 0,
            **more,
        }

    def _plant_options(self) -> list[str]:
        """Options that say what the plant is, without those that say how it answers."""
        options = iter(self._options)
        pairs = [(name, next(options)) for name in options]
        serving = ("--faults", "--latency-ms", "--rate-limit", "--max-returned-items")
        return [part for pair in pairs if pair[0] not in serving for part in pair]


def forms_of_secret() -> list[bytes]:
    """The password as it may leak: plain, in a URL, in base64, inside JSON text."""
    plain = PASSWORD.encode()
    pair = f"{USERNAME}:{PASSWORD}".encode()
    escaped = json.dumps(PASSWORD)[1:-1].encode()
    return [
        plain,
        quote(PASSWORD, safe="").encode(),
        quote_plus(PASSWORD).encode(),
        b64encode(plain).rstrip(b"="),
        b64encode(pair).rstrip(b"="),
        escaped,
        json.dumps(PASSWORD, ensure_ascii=False)[1:-1].encode(),
        json.dumps(json.dumps(PASSWORD, ensure_ascii=False)[1:-1], ensure_ascii=False)[
            1:-1
        ].encode(),
    ]
