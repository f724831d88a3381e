"""Settings that hold for every test: how hard Hypothesis looks, and a library of one's own."""

import gc
import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

gc.disable()  # until all is imported: there is no garbage, but much to look through

# The machine is shared: a slow example is no failure. The gate is the same on every run; the deep
# runs look somewhere new each time.
_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile(
    "test", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile(
    "deep", max_examples=2_000, deadline=None, print_blob=True, suppress_health_check=_SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))

_HERE = Path(__file__).resolve().parent
_LATER = (
    "contract_tui/contract/items/test_rightful_whatever.py",
    "contract_tui/contract/items/test_together.py",
    "contract_tui/contract/items/test_vanished.py::test_whatever_two",
    "contract_tui/commands/test_looking.py::test_what",
    "contract_tui/contract/agreement/test_answers.py::test_everybody_tells",
    "contract_tui/contract/agreement/test_answers_in_pieces.py::test_whatever",
    "contract_tui/contract/agreement/test_answers_in_pieces.py::test_whatever_is_written",
    "contract_tui/contract/agreement/test_unshown.py::test_whatever_an_adult_says_of_a_thing",
    "contract_tui/contract/agreement/test_unshown.py::test_whatever_stands",
    "contract_tui/contract/test_anew.py::test_each_text",
    "contract_tui/contract/test_contract_whatever.py::test_every_document_that_began",
    "contract_tui/contract/test_contract_whatever.py::test_three_people",
    "contract_tui/contract/test_contract.py::test_what_merging_makes_too_long",
    "contract_tui/contract/past/test_covers_undone.py::test_a_passage_covered_while",
    "contract_tui/contract/text/test_mirror_reads.py::test_many_scattered_changes",
    "contract_tui/contract/text/test_mirror_reads.py::test_what_somebody_else_deletes",
    "contract_tui/contract/items/test_notes.py::test_a_note_stays",
    "contract_tui/contract/items/test_notes.py::test_nothing",
    "contract_tui/contract/text/test_voice.py::test_every_letter",
    "contract_tui/contract/conference/test_at_once.py::test_of_all",
    "contract_tui/contract/conference/test_at_once.py::test_whoever_begins",
    "contract_tui/contract/conference/test_crowding.py::test_what_somebody_floods",
    "contract_tui/contract/conference/test_insisting.py::test_however",
    "contract_tui/contract/conference/test_moves.py::test_everybody",
    "contract_tui/contract/conference/test_moves.py::test_no_phase",
    "contract_tui/contract/conference/test_moves.py::test_a_step",
    "contract_tui/contract/conference/test_noted.py::test_whatever",
    "contract_tui/contract/past/test_losses.py::test_every_",
    "contract_tui/contract/past/test_losses.py::test_whatever",
    "contract_tui/contract/text/test_mirrors.py::test_every_word",
    "contract_tui/contract/text/test_undo.py::test_after_undoing",
    "contract_tui/contract/text/test_undo.py::test_alone",
    "contract_tui/contract/text/test_undo.py::test_no_undo_is_too_large",
    "contract_tui/guests/test_connections.py::test_a_crowd",
    "contract_tui/guests/test_house.py::test_a_window_that_takes",
    "contract_tui/history/test_chapters.py::test_every_turn_is_in",
    "contract_tui/history/test_clocks.py::test_clocks_have",
    "contract_tui/history/test_clocks.py::test_everybody_doubts",
    "contract_tui/history/test_comparison.py::test_two_versions_differ",
    "contract_tui/history/test_following.py::test_a_history",
    "contract_tui/history/test_history.py",
    "contract_tui/history/test_standing.py",
    "contract_tui/history/test_walk.py::test_a_step_on",
    "contract_tui/history/test_walk.py::test_no_turn_is",
    "contract_tui/history/test_walk.py::test_nobody_who",
    "contract_tui/history/test_walk.py::test_the_place_stays",
    "contract_tui/history/test_walk.py::test_what_is_shown_is",
    "contract_tui/history/test_walk_marks.py::test_a_marked_place_is",
    "contract_tui/history/test_walk_marks.py::test_each_letter_is_marked",
    "contract_tui/language/test_pictures_in_spanish.py",
    "contract_tui/library/test_custody.py::test_a_long_work",
    "contract_tui/library/test_files_poison.py::test_what_a_file_has",
    "contract_tui/library/test_holding.py",
    "contract_tui/library/test_rehearsal.py",
    "contract_tui/library/test_telling.py",
    "contract_tui/session/signing/test_authorship.py",
    "contract_tui/session/test_closed_relay.py",
    "contract_tui/session/link/test_credentials.py",
    "contract_tui/session/writing/test_hearing.py",
    "contract_tui/session/test_killed.py",
    "contract_tui/session/copies/test_mending.py",
    "contract_tui/session/writing/test_pen.py",
    "contract_tui/session/copies/test_replica_poison.py",
    "contract_tui/session/test_session.py",
    "contract_tui/session/test_session_poison.py::test_three_go_on",
    "contract_tui/session/test_session_together.py",
    "contract_tui/session/writing/test_sitting.py",
    "contract_tui/session/signing/test_vouching.py::test_what_a_dead_computer",
    "contract_tui/test_cli.py::test_sync_exchanges",
    "contract_tui/test_cli_bad_input.py",
    "contract_tui/test_cli_export.py",
    "contract_tui/test_cli_people.py",
    "contract_tui/test_cli_rehearse.py",
    "contract_tui/test_cli_renew.py",
    "contract_tui/test_cli_sync.py",
    "contract_tui/test_cli_terminal.py",
    "contract_tui/test_cli_vouch.py",
    "contract_tui/ui/pages/test_empty_parts.py",
    "contract_tui/ui/pages/test_agreement",
    "contract_tui/ui/pages/test_goal.py",
    "contract_tui/ui/pages/test_lists.py",
    "contract_tui/ui/pages/test_pages_",
    "contract_tui/ui/conference/test_afterwards.py",
    "contract_tui/ui/conference/test_arranging.py",
    "contract_tui/ui/conference/test_confirming.py",
    "contract_tui/ui/conference/test_ending.py",
    "contract_tui/ui/conference/test_following.py",
    "contract_tui/ui/conference/test_meeting.py",
    "contract_tui/ui/conference/test_wondering.py",
    "contract_tui/ui/drafts/",
    "contract_tui/ui/notes/test_noting.py",
    "contract_tui/ui/pictures/test_scenes.py",
    "contract_tui/ui/screens/history/",
    "contract_tui/ui/screens/test_covering.py",
    "contract_tui/ui/screens/test_delivering.py",
    "contract_tui/ui/screens/test_dialogs.py",
    "contract_tui/ui/screens/test_exporting.py",
    "contract_tui/ui/screens/test_arranging.py",
    "contract_tui/ui/screens/test_invitation.py",
    "contract_tui/ui/screens/test_library",
    "contract_tui/ui/screens/test_page.py",
    "contract_tui/ui/screens/test_revisiting.py",
    "contract_tui/ui/screens/test_room.py",
    "contract_tui/ui/screens/test_unreadable.py",
    "contract_tui/ui/screens/test_workshop.py",
    "contract_tui/ui/test_app.py",
    "contract_tui/ui/test_beforehand.py",
    "contract_tui/ui/test_commands.py",
    "contract_tui/ui/test_contrast.py",
    "contract_tui/ui/test_going.py",
    "contract_tui/ui/test_mouse_alone.py",
    "contract_tui/ui/test_doubt.py",
    "contract_tui/ui/test_no_numbers.py",
    "contract_tui/ui/test_together.py",
    "contract_tui/ui/test_whereabouts.py",
    "contract_tui/ui/test_without_colours.py",
    "contract_tui/ui/widgets/editor/test_editor_among_others.py::test_whatever",
    "contract_tui/ui/widgets/test_timeline.py",
    "forgery/",
    "fuzz/test_fuzz.py::test_what_was_found_before_is_taken_or_refused_in_order[contract]",
    "simulation/test_meetings.py",
    "simulation/test_sealed_simulation.py",
    "simulation/test_simulation.py",
    "simulation/test_whole_simulation.py",
    "sync_server/access/test_invitation.py::test_every_invitation",
    "sync_server/access/test_invitation.py::test_no_field",
    "sync_server/hub/test_custody.py::test_a_seat",
    "sync_server/hub/test_custody.py::test_vouchers",
    "sync_server/hub/test_held_back.py::test_exactly",
    "sync_server/hub/test_intake.py::test_to_clear",
    "sync_server/hub/test_rates.py",
    "sync_server/hub/test_sealed_rights.py",
    "sync_server/hub/test_sealed_work.py",
    "sync_server/hub/test_waiting.py",
    "sync_server/protocol/test_mutants.py",
    "sync_server/relay/test_admission.py::test_no_seat",
    "sync_server/relay/test_admission_claims.py::test_nobody",
    "sync_server/relay/test_codes.py",
    "sync_server/relay/test_compaction.py",
    "sync_server/relay/test_door",
    "sync_server/relay/test_server.py",
    "sync_server/test_cli.py",
    "test_conference_figures.py",
    "test_nine_months.py",
    "test_pictures.py",
    "test_rooms.py::test_a_room_brings",
)
"""What starts whole programs, paints whole screens or searches long: left to `make test`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what is long to `make test`, and begin with it there: nobody waits for it at last."""
    for item in items:
        if _name(item).startswith(_LATER):
            item.add_marker(pytest.mark.later)
    items.sort(key=lambda item: (not _is_long(item), _is_one_of_many(item)))


def _is_long(item: pytest.Item) -> bool:
    begins = _name(item).startswith(("interop/", "journeys/", *_LATER))
    return begins or item.get_closest_marker("soak") is not None


def _is_one_of_many(item: pytest.Item) -> bool:
    """Whether a long test is one of those that differ in their seed alone, and end soonest."""
    return "seed" in getattr(getattr(item, "callspec", None), "params", ())


def _name(item: pytest.Item) -> str:
    return f"{item.path.relative_to(_HERE).as_posix()}::{item.name}"


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage, but not in all that was imported: that takes a fifth of the tests' time.

    A screen is made of many things that live until it closes: to look at them often finds nothing.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


_LONGEST = 180
"""Seconds after which a test that is no long run is given up, so that it is named."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    def give_up(*_: object) -> None:
        raise TimeoutError(f"still running after {_LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(0 if item.get_closest_marker("soak") else _LONGEST)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session", autouse=True)
def _no_library_of_the_persons_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every program it starts, away from the contracts of whoever runs it.

    They speak English, whatever the computer speaks.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGUAGE", "en")
        patch.setenv("CONTRACT_TUI_HOME", str(tmp_path_factory.mktemp("home")))
        yield
