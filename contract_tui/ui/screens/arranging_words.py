"""What is said where the student arranges the sections."""

from contract_tui.language import _

TITLE = _("The sections")
EXPLAINED = _(
    "They are yours to arrange. A hidden section keeps its words, and you can bring it back. "
    "Everybody sees the same sections, and the past keeps them as they were."
)
HIDDEN = _("{heading} (hidden)")
# At most 70 columns.
KEYS = _(
    "↑ ↓              choose     A      add a section\n"
    "Shift+↑ Shift+↓  move       Enter  call it something else\n"
    "                            H      hide it, or bring it back"
)
# At most 34 columns.
KEYS_BELOW = _(
    "↑ ↓      choose\n"
    "Shift+↑  move up\n"
    "Shift+↓  move down\n"
    "A        add a section\n"
    "Enter    call it something else\n"
    "H        hide it, or bring it back"
)
NEW = _("A new section")
NEW_EXPLAINED = _("It comes behind the others, and everybody can write in it.")
# At most 28 columns.
ADD = _("Add it")
RENAME = _("What is it called?")
RENAME_EXPLAINED = _("The words in it stay as they are.")
# At most 28 columns.
CALL_IT = _("Call it that")
CALLED = _("Its name")
HINT = _("What I am proud of")
UNNAMED = _("Give it a name, so that the others know what it is about.")
THE_STUDENTS = _(
    "{name} arranges the sections: adds and names them, puts them in order, hides some. "
    "You can write a note about it."
)
