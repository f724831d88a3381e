"""What the library asks before it does something."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from contract_tui.language import _, pgettext
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
    # At most 34 columns.
    Role.STUDENT: pgettext("to be chosen", "the student"),
    # At most 34 columns.
    Role.TEACHER: _("a teacher"),
    # At most 34 columns.
    Role.PARENT: _("a parent"),
}
INVITED: Mapping[str, str] = {
    **ROLES,
    # At most 34 columns.
    Role.OBSERVER: _("somebody who only reads"),
}
# At most 16 columns.
JOIN = _("Join")
THEY_GET_A_LINK = _("They get a link.")
TORN = _("The end of the file was missing.")
KEY_GOES = _(
    "Your copy goes, and with it the key: nobody could be invited any more, unless you have that "
    "key on paper."
)
COPY_GOES = _("Your copy and your key go. To come back you would need a new invitation.")
STAYS_ELSEWHERE = _(
    "This cannot erase what others have: copies on their computers, on the relay, and in files "
    "that somebody has written."
)
TRIED_AGAIN = _(
    "It is tried again all the time, while this stays open. If you leave now, the words that are "
    "not saved are gone: copy them first, or put right what is in the way."
)
NOT_CONNECTED = _("{name} is not connected now, and may have words that are not here.")
ON_THEIR_WAY = _("{name} is connected, and has words that are still on their way.")
NOT_IN_YET = _("{name} has not come in yet: the code works again when the room does.")
OTHERS_GO_ON = _("The others can go on writing, each alone. Nothing that is here is lost.")
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
        title = _need(
            answers, "title", _("Please give the contract a name; you can change it at any time.")
        )
        name = _need(
            answers, "name", _("Please say what the others call you; a nickname is enough.")
        )
        role = _need(answers, "role", _("Please say who you are in this contract."))
        relays = [relay_address(answers["relay"])] if answers["relay"] else []
        return make_contract(library, title, name, Role(role), relays)

    return Dialog(
        _("A new contract"),
        _("Only you can see it, until you invite somebody."),
        [
            Field("title", _("What is it called?"), _("Maya’s learning contract")),
            Field("name", _("What do the others call you?"), _("a nickname is enough")),
            Field("role", _("Who are you?"), options=ROLES, value=Role.STUDENT),
            Field(
                "relay",
                _("The address of a relay, if somebody gave you one"),
                _("leave it empty, or wss://relay.example"),
            ),
        ],
        # At most 16 columns.
        _("Begin"),
        attempt,
    )


def join(library: Library) -> Dialog[DocumentId | str]:
    """Ask for an invitation; the answer is the contract, or the short code that was given."""

    def attempt(answers: Answers) -> DocumentId | str:
        text = _need(
            answers,
            "link",
            _("Please paste the link, or type the short code, that you were given."),
        )
        return normal_code(text) if _may_be_code(text) else take_seat(library, text)

    return Dialog(
        _("Join a contract"),
        _(
            "Somebody sent you a link? Paste all of it here.\n"
            "Somebody beside you shows you a short code? Type it here."
        ),
        [Field("link", _("Your invitation"), _("learning-contract:… or ABC-DEF-GHJ"))],
        JOIN,
        attempt,
    )


def join_by_code(library: Library, code: str, ask: Ask) -> Dialog[DocumentId]:
    """Ask for the relay that keeps a short code."""

    async def fetch(url: str) -> DocumentId:
        if not (is_sheltered(url) or library.is_confirmed(url)):
            if not await ask(trust(url)):
                raise Unanswered(_("Nothing was sent. You can ask for a link instead of a code."))
            library.confirm_unencrypted(url)
        link = await redeem(url, code, trusted=True)
        contract = take_seat(library, link)
        library.add_relays(contract, [url])
        return contract

    def attempt(answers: Answers) -> Awaitable[DocumentId]:
        text = _need(answers, "relay", _("Please type the address that is shown beside the code."))
        return fetch(relay_address(text if "://" in text else f"ws://{text}"))

    return Dialog(
        _("Join with the code {code}").format(code=code),
        _("An address is shown beside the code. Type it here too."),
        [Field("relay", _("The address"), "192.168.1.20:3030/room")],
        JOIN,
        attempt,
    )


def trust(url: str) -> Dialog[bool]:
    """Ask whether to use a way that others can read along; no is the answer of whoever hurries."""
    return Dialog(
        _("Do you trust this network?"),
        _(
            "The way to {url} is not encrypted: words travel there as on a postcard.\n\n"
            "Whoever runs the network in between could read along, such as the school or the café, "
            "and so could others in the same Wi-Fi. They would see every word of the contract and "
            "who wrote it, and could get in the way.\n\n"
            "If you say no, nothing is sent there, and you can go on writing here. The way to an "
            "address that begins with wss:// is encrypted: ask for one."
        ).format(url=url),
        [],
        # At most 28 columns.
        _("Yes, I trust this network"),
        lambda _answers: True,
        refuse=_("No"),
        dangerous=True,
    )


def invite_somebody(
    invite: Callable[[str, Role], Result], expecting: str = THEY_GET_A_LINK
) -> Dialog[Result]:
    """Ask who is to be invited."""

    def attempt(answers: Answers) -> Result:
        name = _need(
            answers, "name", _("Please say what the others call them; a nickname is enough.")
        )
        return invite(
            name, Role(_need(answers, "role", _("Please say who they are in this contract.")))
        )

    return Dialog(
        _("Invite somebody"),
        "{} {}".format(expecting, _("Everybody in the contract sees everything in it.")),
        [
            Field("name", _("What do the others call them?"), _("a nickname is enough")),
            Field("role", _("Who are they?"), options=INVITED, value=Role.TEACHER),
        ],
        # At most 16 columns.
        _("Invite"),
        attempt,
    )


def bring_in(library: Library) -> Dialog[str]:
    """Ask for a file to read."""

    def attempt(answers: Answers) -> str:
        path = _path(_need(answers, "path", _("Please write where the file is.")))
        imported = import_contract(library, path, int(time.time()))
        if not imported.added:
            return _("Everything in that file was here already.")
        said = _("The contract is here now.") if imported.is_new else _("It is complete now.")
        return f"{said} {TORN}" if imported.torn else said

    return Dialog(
        _("Bring a contract in"),
        _("From a file that ends in .automerge. To write in it you also need an invitation."),
        [Field("path", _("Where is the file?"), "~/Downloads/contract.automerge")],
        # At most 28 columns.
        _("Bring it in"),
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
        return _("“{name}” is no longer on this computer.").format(name=entry.name)

    explained = [KEY_GOES if entry.holder else COPY_GOES, STAYS_ELSEWHERE]
    if entry.unshared:
        explained.append(_("Some of it was never shared: that would be gone."))
    if library.drafts(entry.id).places():
        explained.append(_("You have drafts for it that only you can see: they would be gone too."))
    if not entry.relays:
        explained.append(_("It was never shared from here: it would be gone altogether."))
    return Dialog(
        _("Erase “{name}” from this computer?").format(name=entry.name),
        "\n\n".join(explained),
        [],
        # At most 28 columns.
        _("Erase it"),
        attempt,
        dangerous=True,
    )


def leave(status: Status) -> Dialog[bool]:
    """Ask whether to leave words behind that the disk does not take."""
    return Dialog(
        _("Not everything is saved"),
        "\n\n".join((sentence(status.detail), TRIED_AGAIN)),
        [],
        # At most 28 columns.
        _("Leave without them"),
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
    missing = [NOT_CONNECTED.format(name=name) for name in away]
    missing += [ON_THEIR_WAY.format(name=name) for name in behind]
    if missing:
        missing.append(_("Those words stay on their own computers until you share again."))
    else:
        missing = [_("Everybody’s words are here.")]
    missing += [NOT_IN_YET.format(name=name) for name in expected]
    missing += [GUEST_ENDS.format(name=name) for name in guests]
    return Dialog(
        _("Close the room?"),
        "\n\n".join((OTHERS_GO_ON, "\n".join(missing))),
        [],
        # At most 28 columns.
        _("Close the room"),
        lambda _answers: True,
        refuse=_("Stay"),
        dangerous=True,
    )


def _may_be_code(text: str) -> bool:
    """Whether somebody may have typed a short code."""
    letters = sum(character.isalnum() for character in text)
    return letters in CODE_LETTERS and not text.casefold().startswith(SCHEME)


def _need(answers: Answers, key: str, sentence: str) -> str:
    """Return an answer; raises Unanswered where there is none."""
    if not answers[key]:
        raise Unanswered(sentence)
    return answers[key]


def _path(text: str) -> Path:
    """Return the path that somebody wrote."""
    return Path(text.strip("'\"")).expanduser()
