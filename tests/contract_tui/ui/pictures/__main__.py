"""Writes the page on which all pictures can be looked at."""

from tests.contract_tui.ui.pictures.showing import main

main()
