"""What has become of the words: a sign for those who glance, and plain words."""

from __future__ import annotations

from textual.widgets import Static

from contract_tui.session.status import Status, StatusKind

SIGNS = {
    StatusKind.SAVED: "●",
    StatusKind.SHARED: "●",
    StatusKind.SHARING: "◌",
    StatusKind.ALONE: "○",
    StatusKind.UNSAVED: "!",
}


class StatusLine(Static):
    """The state of the connection."""

    def __init__(self) -> None:
        super().__init__("", id="status", markup=False)
        self.kind: StatusKind | None = None
        self._status: Status | None = None

    def show(self, status: Status) -> bool:
        """Show a status; returns whether it is of another kind than the one before."""
        if status == self._status:
            return False
        self._status = status
        changed, self.kind = status.kind != self.kind, status.kind
        self.update(f"{SIGNS[status.kind]} {status.words}")
        self.tooltip = status.detail or None
        for kind in StatusKind:
            self.set_class(kind == status.kind, f"-{kind}")
        return changed
