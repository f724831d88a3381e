"""Where the relay's data is, unless it is told otherwise."""

from argparse import Namespace
from pathlib import Path

import platformdirs


def data_home() -> Path:
    """The platform's directory for what a relay keeps."""
    return platformdirs.user_data_path("contract-relay", appauthor=False)


def data_directory(options: Namespace) -> Path:
    """The directory that the command line names, or the usual one."""
    named: Path | None = options.data
    return named or data_home()
