"""The command that lists every contract, without opening any of them."""

from __future__ import annotations

import json
from argparse import Namespace

from contract_tui.commands.console import local_time, open_library, say, utc_time
from contract_tui.library.library import Entry
from contract_tui.session.link.standings import ERASED, REVOKED, standing
from contract_tui.session.writing.renewals import remembered

RENEWED = "renewed"
_MEANING = {
    ERASED: "erased: whoever holds its key had it erased at the relay; your copy is untouched",
    REVOKED: "revoked: you no longer take part, ask whoever invited you; your copy is untouched",
}


def list_(options: Namespace) -> int:
    """Print every contract, the latest changed first."""
    with open_library() as library:
        entries = library.entries()
        if options.json:
            print(json.dumps({"contracts": [_plain(entry) for entry in entries]}, indent=2))
            return 0
        known = {one.id: standing(library, one) for one in entries}
        anew = [(one.id, remembered(library, one, entries)) for one in entries]
    renewed = {one: said.in_brief for one, said in anew if said and not known[one]}
    for entry in entries:
        changed = local_time(entry.changed_at) if entry.changed_at else "nothing here yet"
        state = known[entry.id] or (RENEWED if entry.id in renewed else _state(entry))
        print(f"{entry.text_id}  {changed:16}  {state:8}  {entry.name}")
    for state, meaning in _MEANING.items():
        if state in known.values():
            say(meaning)
    for meaning in dict.fromkeys(renewed.values()):
        say(f"{RENEWED}: {meaning}")
    if not entries:
        say("there is no contract here yet: contract-tui new TITLE --name NAME --role ROLE")
    return 0


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
