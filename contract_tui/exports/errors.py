"""What keeps a contract from being written in a form, in one sentence for people.

ExportError
├── NoTypst      what sets pages is not installed
├── NoDate       there is no day that a calendar could show
└── NoPromise    there is nothing to take home
"""


class ExportError(Exception):
    """A contract cannot be written in the form asked for."""


class NoTypst(ExportError):
    """What sets pages is not installed."""


class NoDate(ExportError):
    """There is no day that a calendar could show."""


class NoPromise(ExportError):
    """There is nothing to take home."""
