"""What is said where the student arranges the sections."""

TITLE = "The sections"
EXPLAINED = (
    "They are yours to arrange. A hidden section keeps its words, and you can bring it back. "
    "Everybody sees the same sections, and the past keeps them as they were."
)
HIDDEN = "{heading} (hidden)"
KEYS = (
    "↑ ↓              choose     A      add a section\n"
    "Shift+↑ Shift+↓  move       Enter  call it something else\n"
    "                            H      hide it, or bring it back"
)
NEW = "A new section"
NEW_EXPLAINED = "It comes behind the others, and everybody can write in it."
ADD = "Add it"
RENAME = "What is it called?"
RENAME_EXPLAINED = "The words in it stay as they are."
CALL_IT = "Call it that"
CALLED = "Its name"
HINT = "What I am proud of"
UNNAMED = "Give it a name, so that the others know what it is about."
THE_STUDENTS = (
    "{name} arranges the sections: adds and names them, puts them in order, hides some. "
    "You can write a note about it."
)
