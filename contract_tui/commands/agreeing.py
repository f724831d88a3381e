"""The command that answers a contract as it stands: agree."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace

from contract_tui.commands.console import NOTHING_HERE, open_library, say
from contract_tui.contract.agreement.values import Answer, Standing
from contract_tui.contract.agreement.words import CHANGED, EVERYBODY, NO_DAY, noted, stands
from contract_tui.language import _, pgettext
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Entry, Library
from contract_tui.library.world import World
from contract_tui.session.session import Session
from contract_tui.ui.days import day_here
from contract_tui.ui.plain import plain

NOTHING_CHANGED = _("Nothing that counts has changed since you answered on {day}.")
QUESTION = _("Do you agree with it? [{answers}]")
NOTE_QUESTION = _("Your note:")
SAID_ALREADY = _("you have said that already")
SIGNED = _("signed, and saved here")
ANSWERS = {
    pgettext("an answer that is typed", "agree"): Answer.AGREE,
    pgettext("an answer that is typed", "note"): Answer.NOTE,
    pgettext("an answer that is typed", "not-yet"): Answer.NOT_YET,
}
"""What can be typed; what the command line takes is understood too."""


class NothingToAnswer(SessionError):
    """Nothing of the contract has arrived yet."""


class NoAnswer(SessionError):
    """What was typed is no answer."""


def agree(options: Namespace) -> int:
    """Answer a contract as it stands, having said what changed since the last answer."""
    with open_library() as library:
        return asyncio.run(_agree(library, library.resolve(options.contract), options))


async def _agree(library: Library, entry: Entry, options: Namespace) -> int:
    session = await Session.open(library, entry.id, world=World(online=False))
    try:
        if not session.size:
            raise NothingToAnswer(NOTHING_HERE.format(contract=entry.text_id))
        _tell_changes(session)
        answer, note = _chosen(options.answer, options.note or "")
        is_news = session.agreeing.answer(answer, note)
        session.save()
        say(SIGNED if is_news else SAID_ALREADY)
        agreement = session.agreeing.agreement
        for one in agreement.standings:
            print(said_by(one))
        if agreement.all_agree:
            print(EVERYBODY)
        return 0
    finally:
        await session.close()


def _tell_changes(session: Session) -> None:
    mine = session.agreeing.mine
    given = mine.given if mine else None
    if given is None:
        return
    changed = session.agreeing.changes_since(given)
    say((CHANGED if changed else NOTHING_CHANGED).format(day=day_of(given.at)))
    for sentence in changed:
        say(f"  {sentence}")


def _chosen(answer: str | None, note: str) -> tuple[Answer, str]:
    """What was said on the command line, or is said now; without anybody there, to agree."""
    if answer is not None:
        return Answer(answer), note
    if note or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return (Answer.NOTE if note else Answer.AGREE), note
    meant = answer_meant(_ask(QUESTION.format(answers=" / ".join(ANSWERS))))
    if meant is None:
        agree, note, not_yet = ANSWERS
        raise NoAnswer(
            _("nothing was signed: answer {agree}, {note}, or {not_yet}").format(
                agree=agree, note=note, not_yet=not_yet
            )
        )
    return meant, "" if meant == Answer.AGREE else _ask(NOTE_QUESTION)


def answer_meant(said: str) -> Answer | None:
    """Return the answer that somebody typed: with a space for a dash, without accents as well."""
    understood = {one.value: one for one in Answer} | ANSWERS
    plain_answers = {plain(name): one for name, one in understood.items()}
    return plain_answers.get("-".join(plain(said).split()))


def _ask(question: str) -> str:
    print(f"{question} ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def said_by(one: Standing) -> str:
    """Where a person stands, with what they said beside it, in one line."""
    return f"{stands(one, day_of)} {noted(one)}".strip()


def day_of(seconds: int) -> str:
    """The day of a moment as people here write it, with its year."""
    return day_here(seconds) or NO_DAY
