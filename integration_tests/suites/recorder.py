"""Executables that run a connector and keep a copy of everything it is given and says.

PyAirbyte starts connectors itself, so its view of them is recorded from the inside: an
executable of the same manners stands in front of the connector.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from connectors import WORK, Run

RECORDED = WORK / "recorded"
COMMANDS = ("spec", "check", "discover", "read", "write")


@dataclass(frozen=True)
class Recording(Run):
    """A run that somebody else has started."""

    stdin: Path
    documents: Path

    @property
    def streams(self) -> list[str]:
        """Names of the streams in the configured catalog."""
        catalog = json.loads((self.documents / "catalog").read_text())
        return [stream["stream"]["name"] for stream in catalog["streams"]]

    def received(self, *types: str) -> list[dict]:
        """Messages of these types that came on standard input."""
        heads = tuple(b'{"type":"%s"' % name.encode() for name in types)
        lines = self.stdin.read_bytes().splitlines()
        return [json.loads(line) for line in lines if line.startswith(heads)]


def recorded_executable(
    connector: Path,
    name: str,
    dies_after_lines: int | None = None,
    environment: dict | None = None,
) -> Path:
    """An executable that passes everything through to the connector and keeps copies.

    With `dies_after_lines`, the connector is killed in the middle of the line after those,
    as a machine that fails would do it.
    """
    wrapper = WORK / "executables" / name
    wrapper.parent.mkdir(parents=True, exist_ok=True)
    settings = repr((str(connector), name, dies_after_lines))
    wrapper.write_text(
        f"#!{sys.executable}\n"
        f"import os, sys\n"
        f"os.environ.update({ {'SUITES_WORK': str(WORK)} | (environment or {})!r})\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        f"import recorder\n"
        f"recorder.main(*{settings}, sys.argv[1:])\n"
    )
    wrapper.chmod(0o755)
    return wrapper


def recordings(name: str, command: str | None = None) -> list[Recording]:
    """Every finished run of the executable of that name, in the order of their starts."""
    folders = sorted((RECORDED / name).glob("*/exit-code"))
    found = [_recording(file.parent) for file in folders]
    return [each for each in found if command in (None, each.command)]


def all_recordings() -> list[Recording]:
    names = sorted(folder.name for folder in RECORDED.iterdir())
    return [each for name in names for each in recordings(name)]


def _recording(folder: Path) -> Recording:
    told = json.loads((folder / "started").read_text())
    return Recording(
        executable=Path(told["connector"]),
        arguments=tuple(told["arguments"]),
        exit_code=int((folder / "exit-code").read_text()),
        stdout=folder / "stdout.jsonl",
        stderr=folder / "stderr.txt",
        stdin=folder / "stdin.jsonl",
        documents=folder,
    )


def main(connector: str, name: str, dies_after_lines: int | None, arguments: list[str]) -> None:
    folder = _new_folder(name)
    place = _place_of_command(arguments)
    # `docker run [options] IMAGE COMMAND`: there the image is the connector.
    told = {
        "connector": arguments[place - 1] if place else connector,
        "arguments": arguments[place:],
    }
    (folder / "started").write_text(json.dumps(told))
    _keep_documents(folder, arguments)
    takes_input = told["arguments"][:1] == ["write"]
    process = subprocess.Popen(
        [connector, *arguments],
        stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    if takes_input:
        given = (sys.stdin.buffer, process.stdin, folder / "stdin.jsonl")
        threading.Thread(target=_copy, args=given, daemon=True).start()
    complaints = threading.Thread(
        target=_copy, args=(process.stderr, sys.stderr.buffer, folder / "stderr.txt")
    )
    complaints.start()
    said = _Mortal(sys.stdout.buffer, process, dies_after_lines)
    _copy(process.stdout, said, folder / "stdout.jsonl")
    complaints.join()
    code = process.wait()
    (folder / "exit-code").write_text(str(code))
    sys.stdout.flush()
    if code < 0:
        # As the connector died of a signal, so does what stands for it.
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    # Not sys.exit: standard input may still be waited for.
    os._exit(code)


def _new_folder(name: str) -> Path:
    root = RECORDED / name
    root.mkdir(parents=True, exist_ok=True)
    folder = root / f"{len(list(root.iterdir())):03d}"
    folder.mkdir()
    (folder / "stdin.jsonl").touch()
    return folder


def _place_of_command(arguments: list[str]) -> int:
    """Where the connector's own arguments begin."""
    return next((n for n, argument in enumerate(arguments) if argument in COMMANDS), 0)


def _keep_documents(folder: Path, arguments: list[str]) -> None:
    """The files a caller names are gone when the run is judged."""
    for option in ("--catalog", "--state"):
        if option in arguments:
            shutil.copyfile(document(option, arguments), folder / option.removeprefix("--"))


def document(option: str, arguments: list[str]) -> str:
    """The path of the file an option names: on this machine, where a container has another."""
    path = arguments[arguments.index(option) + 1]
    pairs = zip(arguments, arguments[1:])
    volumes = [volume.split(":") for name, volume in pairs if name in ("-v", "--volume")]
    for outside, inside, *_ in volumes:
        if path == inside or path.startswith(f"{inside}/"):
            return outside + path[len(inside) :]
    return path


def _copy(from_, to, kept: Path) -> None:
    with open(kept, "wb") as copy:
        try:
            while chunk := from_.read1(1 << 16):
                copy.write(chunk)
                copy.flush()
                to.write(chunk)
                to.flush()
        except BrokenPipeError:
            return
        if to is not sys.stderr.buffer:
            to.close()


class _Mortal:
    """Standard output that kills the connector after so many lines and a half."""

    def __init__(self, output, process: subprocess.Popen, dies_after_lines: int | None) -> None:
        self._output = output
        self._process = process
        self._lines_left = dies_after_lines

    def write(self, chunk: bytes) -> None:
        if self._lines_left is None:
            self._output.write(chunk)
            return
        lines = chunk.splitlines(keepends=True)
        self._output.write(b"".join(lines[: self._lines_left]))
        if len(lines) > self._lines_left:
            torn = lines[self._lines_left]
            self._output.write(torn[: len(torn) // 2])
            self._output.flush()
            self._process.kill()
            self._process.wait()
            raise BrokenPipeError
        self._lines_left -= len(lines)

    def flush(self) -> None:
        self._output.flush()

    def close(self) -> None:
        self._output.flush()
