"""The judge at the door with the records of one contract, who knows no socket, disk or clock."""

from dataclasses import dataclass, field

from sync_server.access.proof import Role
from sync_server.relay.admission import (
    Admission,
    Admitted,
    Contested,
    File,
    Shown,
    Verdict,
)
from sync_server.relay.pages import Refused
from sync_server.storage.port import StoredRecord
from tests.sync_server.relay.guests import Holder, Person

HERE = "ws://relay.example:3030"
NAMES = {HERE, "ws://127.0.0.1:3030"}
NOON = 1_900_000_000
DAY = 24 * 60 * 60


@dataclass
class Desk:
    """A judge, and the records of one contract as the relay keeps them."""

    holder: Holder
    admission: Admission = field(default_factory=lambda: Admission(NOON - DAY))
    records: list[StoredRecord] = field(default_factory=list)
    has_changes: bool = False

    def invited(self, name: str = "Ada", role: Role = Role.STUDENT, days: int = 7) -> Person:
        return Person.take(self.holder.invite(name, role, NOON + days * DAY))

    def show(
        self,
        person: Person,
        at: float = NOON,
        token: str | None = None,
        register_key: str | None = None,
    ) -> Verdict:
        """Judge a credential; keep what that asks for."""
        what = Shown(token or person.credential(HERE, int(at)), single_use=True)
        return self.judge(what, at, register_key)

    def judge(self, what: Shown, at: float = NOON, register_key: str | None = None) -> Verdict:
        credential = self.admission.read(what, NAMES, at)
        if isinstance(credential, Refused):
            return credential
        file = File(self.holder.contract, self.records, self.has_changes)
        verdict = self.admission.judge(credential, file, at, what.single_use, register_key)
        if isinstance(verdict, Admitted):
            self.records += verdict.keep
        elif isinstance(verdict, Contested) and verdict.news:
            self.records.append(verdict.news)
        return verdict

    def keep(self, kind: str, data: bytes, name: bytes = b"") -> None:
        self.records.append(StoredRecord(self.holder.contract, kind, name, data))

    def kinds(self) -> list[str]:
        return sorted(record.kind for record in self.records)


def refused(verdict: Verdict, status: int, reason: str) -> None:
    if isinstance(verdict, Contested):
        verdict = verdict.refused
    assert isinstance(verdict, Refused)
    assert (verdict.status, verdict.reason) == (status, reason)
    assert verdict.sentence[0].islower()
    assert len(verdict.sentence) > 20
