"""Judges what a recorded run was given and what it said, together."""

from __future__ import annotations

from line_judge import foreign_objections, own_echo_objections
from recorder import Recording

STATE = b'"STATE"'


def was_killed(run: Recording) -> bool:
    """By a signal: of its own process, or of a container, which tells it by its exit code."""
    return run.exit_code < 0 or run.exit_code > 128


def objections_to_lines(run: Recording) -> list[str]:
    """What the models hold against its lines, but for what only the sender of a state knows."""
    lines = run.lines()
    if was_killed(run) and not run.stdout.read_bytes().endswith(b"\n"):
        lines = lines[:-1]  # It was killed while it wrote this one.
    sent = [line for line in run.stdin.read_bytes().splitlines() if STATE in line[:20]]
    # A state goes back as it came.
    of_the_sender = {unknown_key(what) for what in foreign_objections(sent)} - {None}
    return [
        what for what in foreign_objections(lines) if unknown_key(what) not in of_the_sender
    ]


def unknown_key(objection: str) -> str | None:
    _, found, key = objection.partition("unknown key ")
    return key if found else None


def objections_to_echo(write: Recording) -> list[str]:
    """Each state that came must go back once and in order, with counts that add up."""
    counts = dict.fromkeys(write.streams, 0)
    for message in write.received("RECORD"):
        counts[message["record"]["stream"]] += 1
    sent = [message["state"] for message in write.received("STATE")]
    return own_echo_objections(sent, write, counts)
