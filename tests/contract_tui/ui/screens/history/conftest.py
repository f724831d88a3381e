"""Looking back at a contract of which the past is told in its sections alone, unless asked."""

from __future__ import annotations

import pytest

from tests.contract_tui.ui.sitting import Sitting


@pytest.fixture
def sitting(sections_only: Sitting) -> Sitting:
    """The student, the teacher and the parent, each with a library of their own."""
    return sections_only
