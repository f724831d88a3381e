"""What the library asks before it does something."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from contract_tui.library.errors import SessionError
from contract_tui.library.files import import_contract
from contract_tui.library.library import Entry, Library
from contract_tui.library.seats import join as take_seat
from contract_tui.library.seats import new_contract as make_contract
from contract_tui.library.settings import is_sheltered, relay_address
from contract_tui.session.link.redeeming import redeem
from contract_tui.session.link.status import Status
from contract_tui.ui.hosting.words import GUEST_ENDS
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.words import sentence
from sync_server.access.code import normal_code
from sync_server.access.invitation import SCHEME
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId

ROLES: Mapping[str, str] = {
    Role.STUDENT: "the student",
    Role.TEACHER: "a teacher",
    Role.PARENT: "a parent",
}
INVITED: Mapping[str, str] = {**ROLES, Role.OBSERVER: "somebody who only reads"}
CODE_LETTERS = range(7, 12)
"""Letters and digits of what may be meant for a short code."""
Result = TypeVar("Result")
Ask = Callable[[Dialog[bool]], Awaitable[bool | None]]
"""Shows another question in front of this one."""


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
        "Only you can see it, until you invite somebody.",
        [
            Field("title", "What is it called?", "Maya’s learning contract"),
            Field("name", "What do the others call you?", "a nickname is enough"),
            Field("role", "Who are you?", options=ROLES, value=Role.STUDENT),
            Field(
                "relay",
                "The address of a relay, if somebody gave you one",
                "leave it empty, or wss://relay.example",
            ),
        ],
        "Begin",
        attempt,
    )


def join(library: Library) -> Dialog[DocumentId | str]:
    """Ask for an invitation; the answer is the contract, or the short code that was given."""

    def attempt(answers: Answers) -> DocumentId | str:
        text = _need(answers, "link", "paste the link, or type the short code, that you were given")
        return normal_code(text) if _may_be_code(text) else take_seat(library, text)

    return Dialog(
        "Join a contract",
        "Somebody sent you a link? Paste all of it here.\n"
        "Somebody beside you shows you a short code? Type it here.",
        [Field("link", "Your invitation", "learning-contract:… or ABC-DEF-GHJ")],
        "Join",
        attempt,
    )


def join_by_code(library: Library, code: str, ask: Ask) -> Dialog[DocumentId]:
    """Ask for the relay that keeps a short code."""

    async def fetch(url: str) -> DocumentId:
        if not (is_sheltered(url) or library.is_confirmed(url)):
            if not await ask(trust(url)):
                raise Unanswered("Nothing was sent. You can ask for a link instead of a code.")
            library.confirm_unencrypted(url)
        link = await redeem(url, code, trusted=True)
        contract = take_seat(library, link)
        library.add_relays(contract, [url])
        return contract

    def attempt(answers: Answers) -> Awaitable[DocumentId]:
        text = _need(answers, "relay", "type the address that is shown beside the code")
        return fetch(relay_address(text if "://" in text else f"ws://{text}"))

    return Dialog(
        f"Join with the code {code}",
        "An address is shown beside the code. Type it here too.",
        [Field("relay", "The address", "192.168.1.20:3030/room")],
        "Join",
        attempt,
    )


def trust(url: str) -> Dialog[bool]:
    """Ask whether to use a way that others can read along; no is the answer of whoever hurries."""
    return Dialog(
        "Do you trust this network?",
        f"The way to {url} is not encrypted: words travel there as on a postcard.\n\n"
        "Whoever runs the network in between could read along, such as the school or the café, "
        "and so could others in the same Wi-Fi. They would see every word of the contract and who "
        "wrote it, and could get in the way.\n\n"
        "If you say no, nothing is sent there, and you can go on writing here. The way to an "
        "address that begins with wss:// is encrypted: ask for one.",
        [],
        "Yes, I trust this network",
        lambda _answers: True,
        refuse="No",
        dangerous=True,
    )


def invite_somebody(
    invite: Callable[[str, Role], Result], expecting: str = "They get a link."
) -> Dialog[Result]:
    """Ask who is to be invited."""

    def attempt(answers: Answers) -> Result:
        name = _need(answers, "name", "say what the others call them; a nickname is enough")
        return invite(name, Role(_need(answers, "role", "say who they are in this contract")))

    return Dialog(
        "Invite somebody",
        f"{expecting} Everybody in the contract sees everything in it.",
        [
            Field("name", "What do the others call them?", "a nickname is enough"),
            Field("role", "Who are they?", options=INVITED, value=Role.TEACHER),
        ],
        "Invite",
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
        "From a file that ends in .automerge. To write in it you also need an invitation.",
        [Field("path", "Where is the file?", "~/Downloads/contract.automerge")],
        "Bring it in",
        attempt,
    )


def take_away(library: Library, entry: Entry, folder: Path) -> Dialog[str]:
    """Ask as what and where to write a contract that is not open."""
    from contract_tui.session.looking import read_here
    from contract_tui.ui.screens import exporting

    return exporting.take_away(library, entry, folder, partial(read_here, library, entry))


def erase(library: Library, entry: Entry) -> Dialog[str]:
    """Ask whether to erase a contract, and say what cannot be erased."""

    def attempt(_answers: Answers) -> str:
        library.erase(entry.id)
        return f"“{entry.name}” is no longer on this computer."

    lost = "\n\nSome of it was never shared: that would be gone." if entry.unshared else ""
    if library.drafts(entry.id).places():
        lost += "\n\nYou have drafts for it that only you can see: they would be gone too."
    alone = (
        "" if entry.relays else "\n\nIt was never shared from here: it would be gone altogether."
    )
    back = (
        "Your copy goes, and with it the key: nobody could be invited any more, unless you have "
        "that key on paper."
        if entry.holder
        else "Your copy and your key go. To come back you would need a new invitation."
    )
    return Dialog(
        f"Erase “{entry.name}” from this computer?",
        f"{back}\n\n"
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
        f"{sentence(status.detail)}\n\n"
        "It is tried again all the time, while this stays open. If you leave now, the words "
        "that are not saved are gone: copy them first, or put right what is in the way.",
        [],
        "Leave without them",
        lambda _answers: True,
        dangerous=True,
    )


def close_room(
    away: Sequence[str],
    behind: Sequence[str],
    expected: Sequence[str],
    guests: Sequence[str] = (),
) -> Dialog[bool]:
    """Ask whether to stop the relay, and say whose words may be missing here."""
    missing = [
        f"{name} is not connected now, and may have words that are not here." for name in away
    ]
    missing += [
        f"{name} is connected, and has words that are still on their way." for name in behind
    ]
    if missing:
        missing.append("Those words stay on their own computers until you share again.")
    else:
        missing = ["Everybody’s words are here."]
    missing += [
        f"{name} has not come in yet: the code works again when the room does." for name in expected
    ]
    missing += [GUEST_ENDS.format(name=name) for name in guests]
    return Dialog(
        "Close the room?",
        "The others can go on writing, each alone. Nothing that is here is lost.\n\n"
        + "\n".join(missing),
        [],
        "Close the room",
        lambda _answers: True,
        refuse="Stay",
        dangerous=True,
    )


def _may_be_code(text: str) -> bool:
    """Whether somebody may have typed a short code."""
    letters = sum(character.isalnum() for character in text)
    return letters in CODE_LETTERS and not text.casefold().startswith(SCHEME)


def _need(answers: Answers, key: str, sentence: str) -> str:
    """Return an answer; raises Unanswered where there is none."""
    if not answers[key]:
        raise Unanswered(f"Please {sentence}.")
    return answers[key]


def _path(text: str) -> Path:
    """Return the path that somebody wrote."""
    return Path(text.strip("'\"")).expanduser()
