"""Who reads what a command prints: people, in their language, or programs, in none."""

from __future__ import annotations

from collections.abc import Sequence

FIXED = ("text", "json")
"""The formats of `show` that are the same on every computer."""


def are_programs(given: Sequence[str]) -> bool:
    """Whether a command line asks for what programs read; looked at before it is understood.

    What reads a command line says sentences, so the language has to be known before that.
    """
    if not given or any(one == "-h" or _is(one, "--help") for one in given):
        return False
    if any(_is(one, "--json") for one in given):
        return True
    named = _formats(given)
    if given[0] == "show":
        return all(one in FIXED for one in named[-1:])
    return named[-1:] == ["json"]


def _formats(given: Sequence[str]) -> list[str]:
    """Return the values of `--format`, which may be shortened."""
    found: list[str] = []
    for place, one in enumerate(given):
        option, _, value = one.partition("=")
        if _is(option, "--format"):
            found += [value] if "=" in one else given[place + 1 : place + 2]
    return found


def _is(given: str, option: str) -> bool:
    return len(given) > len("--") and option.startswith(given)
