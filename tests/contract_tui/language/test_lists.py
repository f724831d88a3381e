"""Names are put together as they are said: in some languages by the sound that follows."""

import pytest

from contract_tui.language import lists
from tests.contract_tui.language.reading import catalog


@pytest.fixture
def spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {(one.id, str(one.context)[:19]): one.string for one in catalog("es")}
    for name, text, sound in (("AND", lists.AND, "i"), ("OR", lists.OR, "o")):
        changed = said[text, "before the sound of"]
        monkeypatch.setattr(lists, name, said[text, "None"])
        monkeypatch.setattr(lists, f"{name}_BEFORE_{sound.upper()}", changed)


def test_english_says_the_same_before_every_name() -> None:
    assert lists.both("Maya", "Inés") == "Maya and Inés"
    assert lists.either("Maya", "Olga") == "Maya or Olga"


@pytest.mark.usefixtures("spanish")
def test_spanish_minds_the_sound_of_the_second_name() -> None:
    assert lists.both("Maya, Sam", "Tom") == "Maya, Sam y Tom"
    for name in ("Inés", "Íñigo", "Hilda", "Yvonne", "“Irene” (c0ffee)"):
        assert lists.both("Maya", name) == f"Maya e {name}"
    for name in ("Yolanda", "Ian", "Hugo", "más personas"):
        assert lists.both("Maya", name) == f"Maya y {name}"
    for name in ("Óscar", "Olga", "Hortensia"):
        assert lists.either("Sam", name) == f"Sam u {name}"
    assert lists.either("Olga", "Sam") == "Olga o Sam"
