"""In which language people are spoken to: one for each program, chosen once when it starts.

Everything may import `_` and its companions from here; nothing of ours is imported. What is said
in the sources is English and needs no catalogue: until `choosing.speak` finds another language,
every sentence is what it is. It has to be called before modules that say something are imported,
as most sentences are constants of their modules.

`speech` looks sentences up, `languages` names those that there are, `choosing` finds a person's.
"""

from contract_tui.language.speech import _, gettext_noop, ngettext, pgettext, told

__all__ = ["_", "gettext_noop", "ngettext", "pgettext", "told"]
