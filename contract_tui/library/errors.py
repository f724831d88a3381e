"""What can go wrong between a person and their contracts, each in one sentence.

SessionError
├── LibraryError
│   ├── LibraryTooNew      written by a newer version of the program
│   ├── LibraryLocked      another program does not let go of it
│   ├── LibraryReadOnly    the file or the directory cannot be written
│   ├── LibraryFull        no room on the disk
│   ├── LibraryDamaged     not a library, or a broken one
│   └── ContractErased     another program erased what is open here
├── NoSuchContract         nothing on this computer fits
├── AmbiguousContract      several fit
├── NotAContract           a file holds something else
├── AlreadyThere           the contract is on this computer already
├── ReadOnlySeat           this person reads along
├── OutOfStep              what was written does not follow what is kept
├── NotTheHolder           only the holder of the contract's key may invite
├── BadRelayAddress        not a websocket address
├── NotTheFirst            only a person's first computer may invite their further ones
├── NotASeat               what should be changed is nobody's seat or device
│   └── NoSeatYet          the person has not joined the contract
├── WrongKey               a key that governs another contract
└── LinkTrouble            a relay cannot be used; see `dialling`
    ├── WentAway           it has said goodbye; see `dialling`
    ├── NobodyThere        a computer answers, without a relay; see `dialling`
    └── Refusal            it says why it does not let this program in; see `refusals`
"""

from contract_tui.language import _


class SessionError(Exception):
    """Something that a person has to be told; the message is one sentence for them."""


class LibraryError(SessionError):
    """The library on disk cannot be used."""


class LibraryTooNew(LibraryError):
    """The library was written by a newer version of this program."""


class LibraryLocked(LibraryError):
    """Another program holds the library."""


class LibraryReadOnly(LibraryError):
    """The library cannot be written."""


class LibraryFull(LibraryError):
    """The disk has no room left."""


class LibraryDamaged(LibraryError):
    """The library's file is broken or something else."""


class ContractErased(LibraryError):
    """The contract was erased from this computer while it was open here."""


class NoSuchContract(SessionError):
    """No contract on this computer fits what was asked for."""


class AmbiguousContract(SessionError):
    """More than one contract fits what was asked for."""


class NotAContract(SessionError):
    """A file, or what a relay sent, is not a learning contract."""


class AlreadyThere(SessionError):
    """The contract is on this computer already."""


class ReadOnlySeat(SessionError):
    """The person has no seat in the contract, or one that only reads."""


class OutOfStep(SessionError):
    """A change made here does not follow what is kept of the contract."""


class NotTheHolder(SessionError):
    """The key that governs the contract is on another computer."""


class NotTheFirst(SessionError):
    """A further computer of a person invites nobody: its word for others does not count."""


class NotASeat(SessionError):
    """Nobody in the contract has this seat or this device."""


class NoSeatYet(NotASeat):
    """The person has not joined the contract, so there is no seat of theirs to use."""

    def __init__(self) -> None:
        super().__init__(_("you have no seat in this contract yet: ask for an invitation and join"))


class WrongKey(SessionError):
    """The key belongs to another contract."""


class BadRelayAddress(SessionError):
    """A relay's address is not one."""


class LinkTrouble(SessionError):
    """A relay cannot be used at the moment."""

    wait: float = 0.0
    """Seconds for which it is of no use to try again."""
