"""One learning contract in memory, to be written in: each change of one's own is a raw change."""

from collections.abc import Callable, Iterable, Sequence
from typing import Self

from contract_tui.contract import records
from contract_tui.contract.crdt import Branch, Heads, Kind, Writer
from contract_tui.contract.items import paths
from contract_tui.contract.items.writing import add_text
from contract_tui.contract.opening.opening import Opening, blank_document
from contract_tui.contract.past import covers, kept, seen
from contract_tui.contract.readable import ReadableContract
from contract_tui.contract.renewal import renewal
from contract_tui.contract.schema import (
    SECTIONS_MAP,
    TITLE_TEXT,
    PartId,
    StructureChoice,
)
from contract_tui.contract.text.splice import Splice, clean
from sync_server.access.devices import Device, DeviceProof
from sync_server.access.keys import PublicKey, contract_id
from sync_server.access.proof import Proof, Seat, SeatId
from sync_server.protocol.ids import Actor, DocumentId
from sync_server.protocol.operations import ElementId, operations


class Contract(ReadableContract):
    """A contract that can be read and written; `create`, `open` or `blank` make one."""

    @classmethod
    def create(cls, actor: Actor, public_key: str, title: str, turn_at: int | None = None) -> Self:
        """Make a new contract, governed by a public key in base64url; raises BadKey."""
        contract = contract_id(PublicKey.from_text(public_key))
        document = blank_document(actor)

        def write(writer: Writer) -> None:
            writer.put(None, "contract", public_key)
            records.begin_turn(writer, turn_at)
            writer.splice(TITLE_TEXT, Splice(0, 0, clean(title)))

        document.transact(write)
        return cls(document, contract)

    @classmethod
    def open(cls, raws: Sequence[bytes], actor: Actor, contract: DocumentId | None = None) -> Self:
        """Open a contract from its changes, to write under a new actor.

        `contract` is the id it should have, where known. Raises NotAContract or NewerFormat.
        """
        opening = Opening(raws, actor)
        opening.complete()
        return cls.opened(opening, contract)

    @classmethod
    def opened(cls, opening: Opening, contract: DocumentId | None = None) -> Self:
        """Return the contract after the last slice of its opening."""
        found = cls(opening.document, contract, opening.left_out)
        found.answers.know(opening.noted)
        return found

    def reopened(self, opening: Opening) -> Self:
        """Return the contract after an opening that takes the place of this one.

        Its texts count on above the versions of these, which it can say nothing about.
        """
        document, left_out = opening.document, opening.left_out
        twin = type(self)(document, self.id, left_out, self._texts.next_version, self._vouched)
        twin.answers.taken_out = self.answers.taken_out
        twin.answers.know(opening.noted)
        return twin

    @classmethod
    def blank(cls, actor: Actor, contract: DocumentId) -> Self:
        """Return what an invited person has before anything came.

        What is written in it belongs behind the constant first change.
        """
        return cls(blank_document(actor), contract)

    def write_as(self, actor: Actor) -> None:
        """Make further changes under another actor."""
        self._document.write_as(actor)

    def splice(
        self, part: PartId, splice: Splice, turn_at: int | None = None, *, now: float = 0.0
    ) -> bytes:
        """Replace characters of a part and return the raw change.

        `turn_at` (seconds since 1970) begins a turn; `now` (seconds of any clock) tells pauses in
        typing. Raises UnknownPart, and ValueError for a splice that changes nothing or lies
        outside the text, or for text that holds lone surrogates or carriage returns.
        """
        raw = self._hand.splice(part, splice, turn_at, now)
        self._rename([part])
        return raw

    def undo(self, part: PartId, turn_at: int | None = None) -> bytes | None:
        """Take back one's own last step in a part; None when there is none."""
        raw = self._hand.undo(part, turn_at)
        self._rename([part])
        return raw

    def redo(self, part: PartId, turn_at: int | None = None) -> bytes | None:
        """Do again what was last taken back; None when there is nothing."""
        raw = self._hand.redo(part, turn_at)
        self._rename([part])
        return raw

    def kin(self, part: PartId, elements: Iterable[ElementId]) -> set[ElementId]:
        """Return characters of a part with those that undo put in their place, or took from it."""
        return self._hand.kin(part, elements)

    def choose_structure(self, choice: StructureChoice, turn_at: int | None = None) -> bytes | None:
        """Choose how much structure is wanted; None when that was chosen already."""
        if choice == self.structure_choice:
            return None
        return self.change(records.choice(choice, turn_at))

    def add_seat(self, seat: Seat, proof: Proof, holds: str | None = None) -> bytes:
        """Write a seat and its proof into the contract and return the raw change.

        `holds` is the statement that it has the key that governs the contract.
        """
        return self.add_device(Device(seat, seat.key), DeviceProof(proof), holds)

    def add_device(self, device: Device, proof: DeviceProof, holds: str | None = None) -> bytes:
        """Write one of a person's computers, with its proof, into the contract."""
        return self.change(records.device_entry(device, proof, holds))

    def state_holder(self, device: SeatId, holds: str) -> bytes | None:
        """Write into a device's entry that its person has the contract's key; None without one."""
        write = records.holder(self._document, device, holds)
        return self.change(write) if write else None

    def state_renewed(self, contract: DocumentId) -> bytes:
        """Write that another contract takes the place of this one; returns the raw change."""
        return self.change(renewal(contract))

    def rewrite(
        self,
        part: PartId,
        splices: Sequence[Splice],
        turn_at: int | None = None,
        note: records.Write | None = None,
    ) -> bytes:
        """Make one change of several splices, each of the text after the one before; one undo.

        `note` writes beside the texts in the same change, behind them.
        """
        raw = self._hand.rewrite(part, splices, turn_at, note)
        self._rename([part])
        if note is not None:
            self._read_outline()
        return raw

    def attach(
        self, part: PartId, turn_at: int | None = None, note: records.Write | None = None
    ) -> bytes | None:
        """Give a thing or a section a text again that somebody took out of it, as it was last.

        None where nothing is left that could hold it, and where it stands.
        """
        if part not in self.detached or (holder := self._holder(part)) is None:
            return None
        again = add_text(holder, paths.key_of(part), self.text(part).text, None)
        return self.change(records.in_one(turn_at, [again, *([note] if note else [])]))

    def _holder(self, part: PartId) -> ElementId | None:
        """The map of the thing or section that a text belongs to."""
        if (key := paths.section_of(part)) is None:
            thing = self.items.find(paths.owner(part) or paths.ItemId(""))
            return thing.object if thing else None
        place = self._document.get(SECTIONS_MAP, key)
        return place.object if isinstance(place, Branch) and place.kind is Kind.MAP else None

    def cover(
        self,
        part: PartId,
        elements: Iterable[ElementId],
        id_: str,
        by: SeatId,
        turn_at: int | None = None,
    ) -> bytes | None:
        """Cover those characters of a part that a person wrote, standing or not, for good.

        None where all of those are covered already. Raises NotYours where none is theirs, TooMuch
        for more than one change can take, and UnknownPart.
        """
        chosen = covers.chosen(self._hand.kin(part, elements), by, self.roster)
        new = chosen - self.covered.get(part, frozenset())
        if not new:
            return None
        note = covers.cover(id_, self._texts.object(part), new, by)
        raw = self._hand.cover(part, new, note, turn_at)
        self._read_outline()
        return raw

    def mark_seen(self, seat: SeatId, at: int) -> bytes | None:
        """Note that a person looks at the past of the contract at a time, in seconds since 1970.

        None while there are more heads than a mark can name; the next change joins them.
        """
        write = seen.mark(seat, at, self.heads)
        return self.change(write) if write else None

    def keep_version(self, id_: str, name: str, heads: Heads, by: SeatId, at: int) -> bytes:
        """Give a version a name, under a fresh id; raises BadVersionName or TooMuch."""
        name = kept.name_of(name, self.kept)
        return self.change(kept.keep(id_, name, heads, by, at))

    def drop_version(self, id_: str, by: SeatId) -> bytes | None:
        """Take away the name that a person gave a version; None where it has none.

        Raises NotYours. The past still has it.
        """
        write = kept.drop(id_, self.kept, by)
        return self.change(write) if write else None

    def change(self, write: Callable[[Writer], None]) -> bytes:
        """Make one change of what somebody writes beside the texts; returns the raw change."""
        change = self._document.transact(write)
        assert change is not None
        self._read_outline({one.object for one in operations(change.raw) if one.object})
        return change.raw
