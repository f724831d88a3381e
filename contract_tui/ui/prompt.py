"""A question that stands where nothing is written yet: another one for each role."""

from __future__ import annotations

from dataclasses import dataclass

from contract_tui.language import _
from contract_tui.ui.names import sentence_start
from sync_server.access.proof import Role


@dataclass(frozen=True, slots=True)
class Prompt:
    """What each role is asked; `{name}` is the student, `{who}` whoever's thing it is."""

    student: str
    teacher: str
    parent: str
    reader: str = _("Nothing is written here yet.")

    def of(self, role: Role | None) -> str:
        """Return what somebody of this role reads; None: they have no seat."""
        asked = {Role.STUDENT: self.student, Role.TEACHER: self.teacher, Role.PARENT: self.parent}
        return asked.get(role, self.reader) if role else self.reader

    def said(self, role: Role | None, student: str, who: str = "") -> str:
        """Return the same with the names in it."""
        asked, names = self.of(role), {"name": student, "who": who or student}
        for key, name in names.items():
            start = sentence_start(name) if asked.startswith(f"{{{key}}}") else name
            asked = asked.replace(f"{{{key}}}", start)
        return asked
