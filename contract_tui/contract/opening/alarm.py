"""The one place that hears when Automerge has given up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TypeVar

from contract_tui.contract.errors import DocumentDamaged
from contract_tui.contract.values import Odd
from contract_tui.language import _

_T = TypeVar("_T")

_LOST = "poisoned lock"
"""What the library says of a document in which it has panicked while changing it."""


class Panic(DocumentDamaged):
    """The library gave up in the middle of something; the document may still be usable."""


class Alarm:
    """Turns what the library raises of a document that is lost into DocumentDamaged."""

    def __enter__(self) -> None:
        """Watch."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise Panic for a panic and DocumentDamaged for a lost document; let the rest pass."""
        if kind is None:
            return
        # The class of a panic cannot be imported, and is no Exception.
        if kind.__name__ == "PanicException":
            raise Panic(_("A change broke the document in memory.")) from error
        if kind is Exception and _LOST in str(error):
            raise DocumentDamaged(_("The document in memory is broken.")) from error


ALARM = Alarm()


@contextmanager
def refusing(sentence: str) -> Iterator[None]:
    """Turn whatever the library has against a change or a file into DocumentDamaged."""
    try:
        with ALARM:
            yield
    except DocumentDamaged:
        raise
    except Exception as error:
        raise DocumentDamaged(sentence) from error


def if_there(read: Callable[[], _T]) -> _T | None:
    """Return what the library reads, or None where there is no such object."""
    try:
        with ALARM:
            return read()
    except DocumentDamaged:
        raise
    except Exception:  # noqa: BLE001 - the library raises nothing more precise
        return None


def unless_panic(read: Callable[[], _T]) -> _T | Odd:
    """Return what the library reads, or `UNREADABLE` where reading makes it panic."""
    try:
        with ALARM:
            return read()
    except Panic:
        return Odd.UNREADABLE
