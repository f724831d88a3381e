"""What is said where a contract is taken away, into a file here or through a browser."""

TITLE = "Take a contract away"
ABOUT = (
    "“{title}” on paper, as a page, or only the day on which you look at it again.\n"
    "All of it is for going on elsewhere. It holds everything that was ever typed, also what was "
    "deleted: keep that as you would keep a diary. Nobody can write with it as you."
)
AS_WHAT = "As what?"
TO_PRINT, GOAL_TO_PRINT = "to print", "one goal to print"
TO_TAKE_HOME, TO_READ = "promises to take home", "to read on a screen"
A_DAY, ALL_OF_IT = "a day for the calendar", "all of it, with its past"
WHICH = "Which goal, or whose promises?"
WHICH_HINT = "how it begins, or a name; empty for everybody’s"
WHERE = "Where should it go?"
NOT_SAID = "Please write where the file should go."
WRITE, TAKE = "Write the file", "Take the file"

WRITTEN = "Written to {path}."
DELIVERED = "Your browser has “{name}” now."
LEFT_OUT = "{changes} damaged changes are not in it."
REPLACED = "� stands in it for what cannot be printed."
