"""A conference: the band above the words in each phase, and all that is asked on the way."""

from __future__ import annotations

from contract_tui.contract.conference.insisting import Pending
from contract_tui.contract.schema import INTERESTS, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.session.session import Session
from contract_tui.ui.conference import arranging, beginning
from contract_tui.ui.conference.afterwards import StillMine
from contract_tui.ui.conference.aloud import AloudScreen
from contract_tui.ui.conference.confirming import NotYours, YourWords
from contract_tui.ui.conference.ending import EndingScreen
from contract_tui.ui.conference.prompting import change_questions
from contract_tui.ui.conference.wondering import Holding, Wondering
from contract_tui.ui.notes.asking import Spot
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.pictures.camera import EVERYWHERE, SMALL, USUAL, Camera
from tests.contract_tui.ui.pictures.scenes.questions import asking, ways
from tests.contract_tui.ui.pictures.studio import Studio, world
from tests.contract_tui.ui.stage import until

TYPED = "I want to walk up to the goats with Peter, and write down which of them came."


def begin(screen: WorkshopScreen) -> None:
    """Begin a conference in which this person takes part."""
    screen.session.conferring.begin()
    screen.follow()
    screen.notice.put_away()


async def phases(studio: Studio, camera: Camera) -> None:
    """The student goes through all phases, and takes a break."""
    async with studio.workshop() as (screen, pilot):
        conferring = screen.session.conferring
        begin(screen)
        await until(lambda: screen.has_class("-conferring"))
        at = 1
        while conferring.following is not None:
            assert conferring.current is not None
            sizes = EVERYWHERE if at == 1 else (SMALL, USUAL)
            name = f"phase-{at}-{conferring.current.place.phase}"
            await camera.take(name, pilot, sizes=sizes, contrast=at == 1)
            conferring.go_on()
            screen.follow()
            at += 1
        await camera.take(f"phase-{at}-close", pilot, sizes=(SMALL, USUAL))
        conferring.pause()
        screen.follow()
        await camera.take("a-break", pilot, sizes=EVERYWHERE)


async def in_a_conference(studio: Studio, camera: Camera) -> None:
    """What can be done, reading aloud, what is left at the end, and the agenda."""
    async with studio.workshop() as (screen, pilot):
        begin(screen)
        screen.action_conference_keys()
        await camera.take("everything", pilot, sizes=EVERYWHERE)
        await pilot.press("escape")
        screen.action_read_aloud()
        await until(lambda: isinstance(pilot.app.screen, AloudScreen))
        await camera.take("aloud", pilot, sizes=EVERYWHERE)
        await pilot.press("escape")
        screen.action_end_conference()
        await until(lambda: isinstance(pilot.app.screen, EndingScreen))
        await camera.take("ending", pilot, sizes=EVERYWHERE)
        await pilot.press("escape")
        screen.action_agenda()
        await until(lambda: isinstance(pilot.app.screen, arranging.AgendaScreen))
        await camera.take("agenda", pilot, sizes=EVERYWHERE)


async def of_an_adult(studio: Studio, camera: Camera) -> None:
    """A teacher was asked to write; and sees what is left at the end, which the student closes."""
    async with studio.workshop(Role.TEACHER) as (screen, pilot):
        begin(screen)
        await camera.take("floor-of-the-student", pilot, sizes=EVERYWHERE)
        insisting = screen.session.conferring.insisting
        insisting.insist(INTERESTS)
        screen.session.edit(INTERESTS, Splice(0, 0, "Cows as well. "))
        insisting.look()
        insisting.look()
        screen.follow()
        await camera.take("asked-to-write", pilot, sizes=EVERYWHERE)
        screen.action_end_conference()
        await until(lambda: isinstance(pilot.app.screen, EndingScreen))
        await camera.take("ending", pilot)


async def asked(studio: Studio, camera: Camera) -> None:
    """What is asked in a conference, and later of the student alone."""
    async with studio.sitting() as sitting, studio.listing(studio.empty()) as pilot:
        library = sitting.libraries[Role.STUDENT]
        session = await Session.open(library, sitting.contract, world=world())
        teacher = await Session.open(
            sitting.libraries[Role.TEACHER], sitting.contract, world=world()
        )
        before = {"begin": asking(lambda: beginning.begin(session))}
        await camera.walk(ways(pilot, before), pilot, sizes=EVERYWHERE)
        session.conferring.begin()
        teacher.conferring.begin()
        phase = session.conferring.agendas.agenda.phases[1]
        spot = Spot(INTERESTS, 0, 0, session.contract.text(INTERESTS).version)
        conference = session.contract.conferences.all[-1]
        assert teacher.me is not None
        typed = Pending(0, "", INTERESTS, teacher.me.id, frozenset(), TYPED)
        shows = {
            "take-part": asking(lambda: beginning.take_part(session)),
            "new-phase": asking(lambda: arranging.add_phase(session, phase)),
            "change-phase": asking(lambda: arranging.change_phase(session, phase)),
            "change-questions": asking(lambda: change_questions(session, phase)),
            "wondering": asking(lambda: Wondering(teacher, spot, lambda: "Why?", lambda _: None)),
            "holding": asking(lambda: Holding(teacher, PartId("structure"), lambda: None)),
            "your-words": asking(lambda: YourWords(session, typed, lambda: None)),
            "not-yours": asking(lambda: NotYours(session, typed)),
            "still-mine": asking(lambda: StillMine(session, conference)),
        }
        await camera.walk(ways(pilot, shows), pilot, sizes=EVERYWHERE)
        await session.close()
        await teacher.close()


SCENES = {
    "phases": phases,
    "in-a-conference": in_a_conference,
    "conference-of-an-adult": of_an_adult,
    "asked-in-a-conference": asked,
}
