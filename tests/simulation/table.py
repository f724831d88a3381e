"""A conference of people who write all that a contract has room for, and what must be so then."""

from contract_tui.contract.contract import Contract
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor
from tests.simulation.author import Author, Deed
from tests.simulation.conference import Conference
from tests.simulation.ledger import (
    check_removals,
    check_students_words,
    check_words,
    everything,
)
from tests.simulation.person import CONTRACT, Person
from tests.simulation.relay import Relay
from tests.simulation.rights import check_goals
from tests.simulation.sealed import SealedConference, SealedPerson


class Table(Conference):
    """Three who do everything."""

    def __init__(
        self,
        power_safe: bool = True,
        relay: type[Relay] = Relay,
        person: type[Person] = Author,
    ) -> None:
        super().__init__(power_safe, relay, person)

    def do(self, name: str, deed: Deed, *numbers: int) -> None:
        """Do something that can be done in a contract."""
        if (person := author(self.people[name])).is_running:
            person.do(deed, *numbers)

    def check_peace(self) -> None:
        super().check_peace()
        kept = self.disk.hashes(CONTRACT)
        raws = self.disk.raws(CONTRACT, 0, len(kept) - 1)
        newcomer = Contract.open(raws, Actor(bytes(16)), CONTRACT)
        ledgers = [author(person).ledger for person in self.people.values()]
        self._check_what_is_shown(newcomer)
        check_words(newcomer, ledgers, kept)
        check_removals(newcomer, ledgers)
        check_students_words(newcomer, ledgers, kept)
        check_goals(newcomer)
        for name in self.within:
            self.kill(name)
            self.start(name)
        self._check_what_is_shown(newcomer)

    def _check_what_is_shown(self, newcomer: Contract) -> None:
        """Everybody sees what somebody would who opens the contract for the first time."""
        shown = everything(newcomer)
        for contract in self._contracts():
            assert everything(contract) == shown


class SealedAuthor(SealedPerson, Author):
    """Somebody with a seat at a closed relay, who writes all that a contract has room for."""

    def branch(self, raw: bytes) -> None:
        super().branch(raw)
        (change,) = parse_changes([raw])
        self.custodian.keep_own(self.sign(change.actor, change.hash))


class SealedTable(SealedConference, Table):
    """The same at a relay that believes nobody."""


def author(person: Person) -> Author:
    assert isinstance(person, Author)
    return person
