"""What the library asks before it does something."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path

from contract_tui.session.errors import SessionError
from contract_tui.session.files import export_contract, import_contract
from contract_tui.session.library import Entry, Library
from contract_tui.session.seats import join as take_seat
from contract_tui.session.seats import new_contract as make_contract
from contract_tui.session.settings import relay_address
from contract_tui.session.status import Status
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId

ROLES: Mapping[str, str] = {
    Role.STUDENT: "the student",
    Role.TEACHER: "a teacher",
    Role.PARENT: "a parent",
}


class Unanswered(SessionError):
    """Something has to be filled in."""


def new_contract(library: Library) -> Dialog[DocumentId]:
    """Ask for what a new contract needs."""

    def attempt(answers: Answers) -> DocumentId:
        title = _need(answers, "title", "give the contract a name; you can change it at any time")
        name = _need(answers, "name", "say what the others call you; a nickname is enough")
        role = _need(answers, "role", "say who you are in this contract")
        relays = [relay_address(answers["relay"])] if answers["relay"] else []
        return make_contract(library, title, name, Role(role), relays)

    return Dialog(
        "A new contract",
        "It begins on this computer, and only you can see it until you invite somebody.",
        [
            Field("title", "What is it called?", "Maya’s learning contract"),
            Field("name", "What do the others call you?", "a nickname is enough"),
            Field("role", "Who are you?", options=ROLES, value=Role.STUDENT),
            Field(
                "relay", "The address of your relay, if you have one", "ws://school.example:3030"
            ),
        ],
        "Begin",
        attempt,
    )


def join(library: Library) -> Dialog[DocumentId]:
    """Ask for an invitation."""

    def attempt(answers: Answers) -> DocumentId:
        return take_seat(library, _need(answers, "link", "paste the link that somebody sent you"))

    return Dialog(
        "Join a contract",
        "Somebody sent you a link that begins with learning-contract: — paste all of it here.",
        [Field("link", "Your invitation", "learning-contract:…")],
        "Join",
        attempt,
    )


def bring_in(library: Library) -> Dialog[str]:
    """Ask for a file to read."""

    def attempt(answers: Answers) -> str:
        path = _path(_need(answers, "path", "write where the file is"))
        imported = import_contract(library, path, int(time.time()))
        if not imported.added:
            return "Everything in that file was here already."
        torn = " The end of the file was missing." if imported.torn else ""
        return ("The contract is here now." if imported.is_new else "It is complete now.") + torn

    return Dialog(
        "Bring a contract in",
        "From a file that ends in .automerge. To write in it you need a seat: an invitation.",
        [Field("path", "Where is the file?", "~/Downloads/contract.automerge")],
        "Bring it in",
        attempt,
    )


def take_away(library: Library, entry: Entry, folder: Path) -> Dialog[str]:
    """Ask where to write a file."""

    def attempt(answers: Answers) -> str:
        path = _path(_need(answers, "path", "write where the file should go"))
        exported = export_contract(library, entry, path)
        lost = f" {exported.left_out} damaged changes are not in it." if exported.left_out else ""
        return f"Written to {path}.{lost}"

    return Dialog(
        "Take a contract away",
        f"“{entry.name}” with its history, as one file. It holds every keystroke, and no key.",
        [Field("path", "Where should it go?", value=str(folder / _file_name(entry)))],
        "Write the file",
        attempt,
    )


def erase(library: Library, entry: Entry) -> Dialog[str]:
    """Ask whether to erase a contract, and say what cannot be erased."""

    def attempt(_answers: Answers) -> str:
        library.erase(entry.id)
        return f"“{entry.name}” is no longer on this computer."

    lost = "\n\nSome of it was never shared: that would be gone." if entry.unshared else ""
    alone = (
        "" if entry.relays else "\n\nIt was never shared from here: it would be gone altogether."
    )
    return Dialog(
        f"Erase “{entry.name}” from this computer?",
        "Your copy and your key go. To come back you would need a new invitation.\n\n"
        "This cannot erase what others have: copies on their computers, on the relay, and in "
        f"files that somebody has written.{lost}{alone}",
        [],
        "Erase it",
        attempt,
        dangerous=True,
    )


def leave(status: Status) -> Dialog[bool]:
    """Ask whether to leave words behind that the disk does not take."""
    return Dialog(
        "Not everything is saved",
        f"{status.detail}\n\n"
        "It is tried again all the time, while this stays open. If you leave now, the words "
        "that are not saved are gone: copy them first, or put right what is in the way.",
        [],
        "Leave without them",
        lambda _answers: True,
        dangerous=True,
    )


def _need(answers: Answers, key: str, sentence: str) -> str:
    """Return an answer; raises Unanswered where there is none."""
    if not answers[key]:
        raise Unanswered(f"Please {sentence}.")
    return answers[key]


def _path(text: str) -> Path:
    """Return the path that somebody wrote."""
    return Path(text.strip("'\"")).expanduser()


def _file_name(entry: Entry) -> str:
    """Return a name for a contract's file."""
    name = re.sub(r"[^\w-]+", "-", entry.name).strip("-").lower()
    return f"{name or 'contract'}.automerge"
