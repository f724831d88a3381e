"""Raw changes on standard input, one document chunk on standard output: `python -m` this module.

The only place where a document is opened, which is why it is a process of its own with hard limits:
a document made to hurt whoever runs it hurts nobody but this process, which is expendable. It
writes only what it has read back and found to have the same heads.
"""

import os
import resource
import sys

MEMORY = 2 << 30
"""Bytes of address space."""
SECONDS = 60
"""Of processor time."""


def limit_self() -> None:
    """Give up memory, time, files and priority that the work does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def main() -> int:
    """Read, run, save, compare; 1 if the document does not survive that."""
    limit_self()
    from automerge.core import Document  # only under the limits

    document = Document.load(sys.stdin.buffer.read())
    snapshot = document.save()
    if Document.load(snapshot).get_heads() != document.get_heads():
        return 1
    sys.stdout.buffer.write(snapshot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
