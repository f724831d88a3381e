"""Why a guest is not let in, each in one sentence that their browser shows.

GuestError
├── UnknownCode      nobody was invited with this address
├── UsedCode         somebody came in with this address from another browser
├── ExpiredCode      the address is no longer good
├── NoName           a guest has to say who they are
├── NotLetIn         nothing shows that this browser belongs to the seat
├── HouseFull        as many guests are here as this computer can serve
└── CannotListen     the address cannot be listened on; this is for the host
"""

from contract_tui.library.errors import SessionError


class GuestError(SessionError):
    """Something that a guest, or the host, has to be told."""


class UnknownCode(GuestError):
    """Nobody was invited with this address."""


class UsedCode(GuestError):
    """Somebody came in with this address from another browser."""


class ExpiredCode(GuestError):
    """The address is no longer good."""


class NoName(GuestError):
    """A guest has to say who they are."""


class NotLetIn(GuestError):
    """Nothing shows that this browser belongs to the seat."""


class HouseFull(GuestError):
    """As many guests are here as this computer can serve."""


class CannotListen(GuestError):
    """The address cannot be listened on."""
