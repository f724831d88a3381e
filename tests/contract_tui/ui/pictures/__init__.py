"""What every screen looks like, in every size and in dark and in light: text that a diff can show.

A scene walks through the program and takes pictures; `taken/` holds what they looked like when
somebody last looked. `make pictures` takes them again, and makes a page on which to look at them.
"""
