"""What a guest's program is told when it starts: as little as it needs, and no secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contract_tui.guests.frames import Size
from contract_tui.library.settings import HOME_VARIABLE

CONTRACT_VARIABLE = "CONTRACT_TUI_GUEST_CONTRACT"
RELAY_VARIABLE = "CONTRACT_TUI_GUEST_RELAY"
HOST_VARIABLE = "CONTRACT_TUI_GUEST_OF"
LOOK_VARIABLE = "CONTRACT_TUI_GUEST_LOOK"
LANGUAGE_VARIABLE = "LANGUAGE"
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "PYTHONPATH", "SYSTEMROOT")
"""What of the host's environment a guest's program may see."""
LOOKS = ("dark", "light", "contrast")
MOST_LANGUAGES = 8
LONGEST_TAG = 12
DRIVER = "contract_tui.guests.driver:GuestDriver"


@dataclass(frozen=True, slots=True)
class Place:
    """Where guests take part, the same for all of them."""

    contract: str
    """Its id, as people write it."""
    relay: str
    """The address of the relay inside the host's program, or of the one that they meet at."""
    host: str
    """The host's computer, on which guests' keys are: the prefix of its key, in hex."""


def environment(
    host: Mapping[str, str], home: Path, place: Place, size: Size, look: str, languages: str
) -> dict[str, str]:
    """The whole environment of one guest's program; `host` is that of this one."""
    passed = {name: host[name] for name in PASSED_ON if name in host}
    return {
        **passed,
        HOME_VARIABLE: str(home),
        CONTRACT_VARIABLE: place.contract,
        RELAY_VARIABLE: place.relay,
        HOST_VARIABLE: place.host,
        LOOK_VARIABLE: look if look in LOOKS else LOOKS[0],
        LANGUAGE_VARIABLE: preferred(languages),
        "COLUMNS": str(size.width),
        "ROWS": str(size.height),
        "PYTHONUNBUFFERED": "1",
        "TERM_PROGRAM": "textual",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_DRIVER": DRIVER,
        "TEXTUAL_FPS": "60",
    }


def preferred(accepted: str) -> str:
    """The languages of an Accept-Language header (RFC 9110, 12.5.4) as gettext wants them."""
    found: list[tuple[float, str]] = []
    for part in accepted.split(",")[:MOST_LANGUAGES]:
        tag, _, weight = part.partition(";q=")
        name = tag.strip().replace("-", "_")
        if name.replace("_", "").isalnum() and name.isascii() and len(name) <= LONGEST_TAG:
            found.append((-_weight(weight), name))
    return ":".join(name for _, name in sorted(found, key=lambda one: one[0]))


def _weight(text: str) -> float:
    try:
        return float(text) if text.strip() else 1.0
    except ValueError:
        return 0.0
