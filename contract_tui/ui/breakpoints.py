"""From which size of the window on a contract is laid out how, today or as it was."""

COLUMNS = [(0, "-tiny"), (40, "-slim"), (60, "-narrow"), (100, "-wide"), (160, "-huge")]
ROWS = [(0, "-flat"), (18, "-short"), (30, "-tall")]
