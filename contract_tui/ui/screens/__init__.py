"""Each screen in a module of its own, imported when it is first shown."""
