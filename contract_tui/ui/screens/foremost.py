"""Which keys the workshop names first, where there is no room for all of them."""

_NOW = (
    *("go_back", "take", "put_away", "leave_leader", "whose_words"),
    *("take_part", "go_on_phase", "ask_to_go_on", "read_aloud"),
)
_ALWAYS = (
    *("go(1)", "go_to", "one_more", "note", "new_goal", "look_back"),
    *("app.help", "quit", "command_palette"),
)
FOREMOST = (*_NOW, *_ALWAYS)
"""What matters most of what can be done, the first of it first."""
AT_A_TABLE = (*_NOW, "begin_conference", "room", *_ALWAYS)
"""The same where people have been let in: they came for a conference, and others may come."""
KEPT = ("go_to", "app.help", "quit")
"""What leads to everything else, and out, in however small a window."""
