"""Lets `python -m contract_tui` start the program."""

import sys

from contract_tui.cli import main

sys.exit(main())
