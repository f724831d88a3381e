"""What is said about drafts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.language import _
from sync_server.access.proof import Role

# At most 70 columns.
HERE_ONLY = _("✎ Only on this computer")
DRAFT_OF = _("Draft for: {heading}")
# At most 70 columns.
BEFORE = _("Notes before the conference")
EXPLAINED = _("Nobody else can see this page. It is kept here as you type.")
SHARES = _(
    "F2 puts all of it at the end of “{heading}”, where everybody in the contract can read it."
)
NOTHING_YET = _("There is nothing here yet that could be shared.")
SHARED = _("It is in the contract now, and your draft is empty. Ctrl+Z takes it out again.")
SUGGESTED = _(
    "Only {name} writes there, so your words stand beside it now as a suggestion. "
    "Your draft is empty."
)
KEPT_ALREADY = _("It is kept on this computer already. Nothing is shared until you press F2.")
NOT_KEPT = _("This could not be kept, so it was not written: {why}")

NOTES_PROMPTS: Mapping[Role, str] = MappingProxyType(
    {
        Role.STUDENT: _(
            "What would you like to leave the conference with?\n"
            "What are you proud of? Is there something you would like to ask?"
        ),
        Role.TEACHER: _(
            "What have you noticed that you would like to ask about?\n"
            "What could you leave open, for the student to begin?"
        ),
        Role.PARENT: _(
            "What would you like to hear about?\n"
            "What have you noticed at home, and is that how it feels to your child?"
        ),
    }
)
DRAFT_PROMPT = _("Try it out here first, just for yourself.\n{question}")
