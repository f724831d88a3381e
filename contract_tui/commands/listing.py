"""The command that lists every contract, without opening any of them."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence

from contract_tui.commands.console import local_time, open_library, say, utc_time
from contract_tui.library.library import Entry, Library
from contract_tui.session.renewals import remembered
from contract_tui.session.standings import ERASED, REVOKED, standing

RENEWED = "renewed"
_MEANING = {
    ERASED: "erased: whoever holds its key had it erased at the relay; your copy is untouched",
    REVOKED: "revoked: you no longer take part, ask whoever invited you; your copy is untouched",
    RENEWED: "renewed: begun anew without its past; ask for your invitation, join, then erase it",
}


def list_(options: Namespace) -> int:
    """Print every contract, the latest changed first."""
    with open_library() as library:
        entries = library.entries()
        known = {} if options.json else {one.id: _known(library, one, entries) for one in entries}
    if options.json:
        print(json.dumps({"contracts": [_plain(entry) for entry in entries]}, indent=2))
        return 0
    for entry in entries:
        changed = local_time(entry.changed_at) if entry.changed_at else "nothing here yet"
        state = known[entry.id] or _state(entry)
        print(f"{entry.text_id}  {changed:16}  {state:8}  {entry.name}")
    for state, meaning in _MEANING.items():
        if state in known.values():
            say(meaning)
    if not entries:
        say("there is no contract here yet: contract-tui new TITLE --name NAME --role ROLE")
    return 0


def _known(library: Library, entry: Entry, entries: Sequence[Entry]) -> str | None:
    """What has become of a contract elsewhere; None for nothing that has to be said."""
    if (stands := standing(library, entry)) is not None:
        return stands
    return RENEWED if remembered(library, entry, entries) else None


def _plain(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.text_id,
        "title": entry.title,
        "changed_at": utc_time(entry.changed_at) if entry.changed_at else None,
        "name": entry.seat.name if entry.seat else None,
        "role": entry.seat.role.value if entry.seat else None,
        "holder": entry.holder,
        "relays": list(entry.relays),
        "unshared": entry.unshared,
    }


def _state(entry: Entry) -> str:
    if not entry.changed_at:
        return "waiting"
    if not entry.relays:
        return "here"
    return "unshared" if entry.unshared else "shared"
