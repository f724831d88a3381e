"""The command that lists every contract, without opening any of them."""

from __future__ import annotations

import json
from argparse import Namespace

from contract_tui.commands.console import local_time, open_library, say, utc_time
from contract_tui.language import _, pgettext
from contract_tui.library.library import Entry
from contract_tui.session.link.standings import ERASED, REVOKED, standing
from contract_tui.session.writing.renewals import remembered
from contract_tui.ui.cells import padded
from contract_tui.ui.graphemes import width

RENEWED = "renewed"
_WAITING, _HERE, _UNSHARED, _SHARED = "waiting", "here", "unshared", "shared"
_CALLED = {
    _WAITING: pgettext("a contract", "waiting"),
    _HERE: pgettext("a contract", "here"),
    _UNSHARED: pgettext("a contract", "unshared"),
    _SHARED: pgettext("a contract", "shared"),
    RENEWED: pgettext("a contract", "renewed"),
    ERASED: pgettext("a contract", "erased"),
    REVOKED: pgettext("a contract", "revoked"),
}
"""How a contract stands, in its column."""
_MEANING = {
    ERASED: _("whoever holds its key had it erased at the relay; your copy is untouched"),
    REVOKED: _("you no longer take part, ask whoever invited you; your copy is untouched"),
}
# At most 16 columns.
_EMPTY = _("nothing here yet")


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
    column = max(map(width, _CALLED.values()))
    for entry in entries:
        changed = local_time(entry.changed_at) if entry.changed_at else _EMPTY
        state = known[entry.id] or (RENEWED if entry.id in renewed else _state(entry))
        called = padded(_CALLED[state], column)
        print(f"{entry.text_id}  {padded(changed, 16)}  {called}  {entry.name}")
    for state, meaning in _MEANING.items():
        if state in known.values():
            say(f"{_CALLED[state]}: {meaning}")
    for meaning in dict.fromkeys(renewed.values()):
        say(f"{_CALLED[RENEWED]}: {meaning}")
    if not entries:
        say(_("there is no contract here yet: contract-tui new TITLE --name NAME --role ROLE"))
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
        return _WAITING
    if not entry.relays:
        return _HERE
    return _UNSHARED if entry.unshared else _SHARED
