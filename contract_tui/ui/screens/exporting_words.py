"""What is said where a contract is taken away, into a file here or through a browser."""

from contract_tui.language import _

TITLE = _("Take a contract away")
ABOUT = _(
    "“{title}” on paper, as a page, or only the day on which you look at it again.\n"
    "All of it is for going on elsewhere. It holds everything that was ever typed, also what was "
    "deleted: keep that as you would keep a diary. Nobody can write with it as you."
)
AS_WHAT = _("As what?")
# At most 26 columns.
TO_PRINT = _("to print")
# At most 26 columns.
GOAL_TO_PRINT = _("one goal to print")
# At most 26 columns.
TO_TAKE_HOME = _("promises to take home")
# At most 26 columns.
TO_READ = _("to read on a screen")
# At most 26 columns.
A_DAY = _("a day for the calendar")
# At most 26 columns.
ALL_OF_IT = _("all of it, with its past")
WHICH = _("Which goal, or whose promises?")
WHICH_HINT = _("how it begins, or a name; empty for everybody’s")
WHERE = _("Where should it go?")
NOT_SAID = _("Please write where the file should go.")
# At most 28 columns.
WRITE = _("Write the file")
# At most 28 columns.
TAKE = _("Take the file")

WRITTEN = _("Written to {path}.")
DELIVERED = _("Your browser has “{name}” now.")
LEFT_OUT = _("{changes} damaged changes are not in it.")
REPLACED = _("� stands in it for what cannot be printed.")
