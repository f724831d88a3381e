"""A text that several people write at once, and where everybody is in it.

`rows`, `layout`, `asides` and `motion` are pure and speak in offsets (code points from the start
of the text), as splices do. `painting` turns a row into a strip. `view` is a widget that shows a
text, `editor` one that changes it; they know the text only through `port`. `line` is a text that is
nowhere yet.
"""

from contract_tui.ui.widgets.editor.editor import Editor
from contract_tui.ui.widgets.editor.port import PartPort
from contract_tui.ui.widgets.editor.remote import Remote

__all__ = ["Editor", "PartPort", "Remote"]
