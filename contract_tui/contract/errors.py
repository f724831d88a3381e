"""Why a contract cannot be opened or changed.

ContractError
├── NotAContract      the changes hold no learning contract
├── NewerFormat       the contract was written by a newer version of the program
├── UnknownPart       there is no such section
├── BadVersionName    a version cannot be called so
├── NotYours          what somebody else wrote or keeps is theirs
├── TooMuch           more than one change, or one part, can take
└── DocumentDamaged   the document in memory can no longer be used; open it again from its changes
"""


class ContractError(Exception):
    """A contract that cannot be used as asked; the message is a sentence for the person."""


class NotAContract(ContractError):
    """The changes hold no learning contract."""


class NewerFormat(ContractError):
    """The contract was written by a newer version of the program."""


class UnknownPart(ContractError):
    """The contract has no such section."""


class BadVersionName(ContractError):
    """A version cannot be called so."""


class NotYours(ContractError):
    """What somebody else wrote or keeps is theirs to change."""


class TooMuch(ContractError):
    """More than one change, or one part of the contract, can take."""


class DocumentDamaged(ContractError):
    """The document in memory can no longer be used; it can be opened again from its changes."""
