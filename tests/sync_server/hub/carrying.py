"""Three people with seats, and what they bring to a relay that believes nobody."""

from tests.sync_server.hub.company import CONTRACT, Person, company
from tests.sync_server.hub.sealed import (
    copy_of,
    written,
)
from tests.sync_server.hub.story import Story, Writer
from tests.sync_server.hub.writing import Copy

HEIDI, CLARA, PETER = COMPANY = company()
for _person in COMPANY:
    for _ in range(9):
        _person.actor()  # those of what was `written`, which nobody writes under again
PROOFS = tuple(person.proof.text for person in COMPANY)


def bring(writer: Writer, proofs: tuple[str, ...] = (), seals: tuple[bytes, ...] = ()) -> None:
    """Send custody in as many messages as it takes."""
    writer.bring(proofs=proofs)
    for at in range(0, len(seals), 256):
        writer.bring(seals=seals[at : at + 256])


def stored(story: Story) -> int:
    return len(story.store.load(CONTRACT))


def typist(story: Story, person: Person) -> Writer:
    """Somebody with an empty copy and an actor of their own."""
    writer = story.welcome(person)
    copy = writer.copies[CONTRACT] = Copy(CONTRACT)
    copy.words.set_actor(person.actor())
    writer.push(CONTRACT)
    story.settle()
    return writer


def carrier(story: Story, person: Person, changes: int) -> Writer:
    writer = story.welcome(person)
    writer.copies[CONTRACT] = copy_of(written(changes))
    return writer
