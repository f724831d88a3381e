"""What stands in empty lines that are said as a whole, as days are, and where a list is empty."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.items import paths
from contract_tui.language import _
from contract_tui.ui.prompt import Prompt

_NO_DAY = _("No day is said yet.")

NOTE_BESIDE = Prompt(
    _("Is there something that you want to say with it?"),
    _("What should {name} hear with your answer?"),
    _("What would you like to add, from home?"),
)
"""Beside one's answer."""
REVISIT = Prompt(
    _("When do you want to look at it again? A day, or a few words."),
    _("You could ask {name}: “When shall we look at it again?” A day, or a few words."),
    _("When would be a good time to look at it with {name} again? A day, or a few words."),
    _NO_DAY,
)
DAYS: Mapping[tuple[str, str], Prompt] = MappingProxyType(
    {
        (paths.STEPS_LIST, "when"): Prompt(
            _("By when do you want to try it? A day, or words: “after the holidays”."),
            _("You could ask {name}: “By when would you like to have tried it?”"),
            _("You could ask {name}: “When is there time for it?”"),
            _NO_DAY,
        ),
        (paths.SUPPORTS_LIST, "check_on"): Prompt(
            _("When do you want to see whether it helps? A day, or a few words."),
            _("You could ask {name}: “When shall we see whether it helps?”"),
            _("You could ask {name}: “When will you know whether it does you good?”"),
            _NO_DAY,
        ),
        (paths.PROMISES_LIST, "when"): Prompt(
            _("By when, so that you can really keep it? A day, or a few words."),
            _("By when can you keep it at school? A day, or a few words."),
            _("By when can you keep it at home? A day, or a few words."),
            _NO_DAY,
        ),
    }
)
"""Lines of things that are said as a whole, by the list that a thing is in, and the field."""
EMPTY: Mapping[str, Prompt] = MappingProxyType(
    {
        paths.SUPPORTS_LIST: Prompt(
            _("Nothing here yet. What would help you?"),
            _("Nothing here yet. What have you seen help {name}?"),
            _("Nothing here yet. What helps {name} at home?"),
            _("Nothing here yet."),
        ),
        paths.PROMISES_LIST: Prompt(
            _("No promises yet. What could you promise, and to whom?"),
            _("No promises yet. What could you do at school, and keep?"),
            _("No promises yet. What could you do at home, and keep?"),
            _("No promises yet."),
        ),
        paths.REFLECTIONS_LIST: Prompt(
            _("Nothing here yet. How is it going?"),
            _("Nothing here yet. What have you noticed since?"),
            _("Nothing here yet. What has changed at home?"),
            _("Nothing here yet."),
        ),
    }
)
"""Where a list is empty, by the list."""
