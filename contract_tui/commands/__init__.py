"""One module per family of commands: what `cli` runs, and the only place where all rooms meet."""

WITHOUT_COMMAND = ("screens", "library")
"""The module and function that run where no command is named."""
