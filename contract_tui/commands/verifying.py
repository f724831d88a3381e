"""The command that checks every signature in a contract: verify."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from contract_tui.commands.agreeing import said_by
from contract_tui.commands.console import open_library, utc_time
from contract_tui.commands.looking import look
from contract_tui.contract.agreement.checking import Checked
from contract_tui.contract.agreement.differences import differences
from contract_tui.contract.agreement.values import Given
from contract_tui.contract.agreement.words import EVERYBODY
from contract_tui.contract.heads import write_heads
from contract_tui.exports import dates
from contract_tui.language import _
from contract_tui.library.errors import NoSuchContract
from contract_tui.library.verifying import Verified, verify_file, verify_kept
from sync_server.protocol.ids import format_document_id

SOUND = _("Every certificate and every signature in it is sound.")
MOVED_ON = _("The words have moved on since everybody’s last answer.")
NOBODY = _("Nobody has answered it yet.")
BROKEN = _("Something here is forged or broken:")
COMPARE = _(
    "The id of this contract is below. Whether it is yours, only you can tell:\n"
    "compare it with the id that you were given when you joined."
)
_LIKE_A_FILE = (".automerge",)


def verify(options: Namespace) -> int:
    """Check a file, or a contract of this computer; returns 1 where anything is forged."""
    path = Path(options.contract)
    found = _file(path) if _is_file(path) else _kept(options.contract)
    print(_to_json(found) if options.json else "\n".join(_told(found)))
    return 1 if found.broken else 0


def _is_file(path: Path) -> bool:
    try:
        return path.is_file() or path.suffix in _LIKE_A_FILE
    except (OSError, ValueError):  # too long for a name, or no name at all
        return False


def _file(path: Path) -> Verified:
    return verify_file(path, time.time())


def _kept(name: str) -> Verified:
    with open_library() as library:
        entry = library.resolve(name)
        replica = look(library, entry)
        if not replica.has_begun:
            raise NoSuchContract(_("nothing of this contract is here that could be checked"))
        known = set(replica.contract.set_aside)
        wrong = [f"{one}." for one in replica.set_aside if one not in known]
        return verify_kept(library, entry, replica.contract, time.time(), wrong)


def _told(found: Verified) -> Iterator[str]:
    title = " ".join(found.title.split())
    if title:
        yield f"“{title}”"
    for one in found.agreement.standings:
        yield said_by(one)
        if one.given and not one.given.is_current:
            changed = differences(found.document, one.given.heads, dates.when)
            yield from (f"  {sentence}" for sentence in changed)
    yield from found.uncounted
    yield from _verdict(found)
    yield COMPARE
    yield format_document_id(found.contract)


def _verdict(found: Verified) -> Iterator[str]:
    """Say how far people agree with what stands there now, and whether all of it is sound."""
    given = [one.given for one in found.agreement.standings if one.given]
    if found.agreement.all_agree:
        yield EVERYBODY
    elif not given:
        yield NOBODY
    elif not any(one.is_current for one in given):
        yield MOVED_ON
    yield BROKEN if found.broken else SOUND
    yield from (f"  {sentence}" for sentence in found.broken)


def _to_json(found: Verified) -> str:
    newest = {one.person.id: one.given for one in found.agreement.standings}
    told = {
        "contract": format_document_id(found.contract),
        "title": found.title,
        "digest": found.document.answers.digest.hex(),
        "heads": write_heads(found.document.heads),
        "all_agree": found.agreement.all_agree,
        "sound": not found.broken,
        "people": [
            {
                "name": one.person.name,
                "role": one.person.role,
                "seat": one.person.id,
                "answer": _given(newest[one.person.id]),
            }
            for one in found.agreement.standings
        ],
        "answers": [_checked(one) for one in found.answers],
        "broken": list(found.broken),
        "uncounted": list(found.uncounted),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _given(given: Given | None) -> dict[str, object] | None:
    if given is None:
        return None
    return {
        "answer": given.answer,
        "note": given.note,
        "at": utc_time(given.at),
        "heads": write_heads(given.heads),
        "digest": given.digest.hex(),
        "is_current": given.is_current,
        "given_on": given.host,
    }


def _checked(one: Checked) -> dict[str, object]:
    return {
        "name": one.person.name,
        "device": one.device,
        "token": one.token,
        "fault": one.fault.name.lower().replace("_", "-") if one.fault else None,
    }
