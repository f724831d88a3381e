"""Words that go back where their text is no more: into a new one, in a new section if need be."""

from collections.abc import Iterable, Mapping

from contract_tui.contract import sections
from contract_tui.contract.items import paths
from contract_tui.contract.items.writing import add_text
from contract_tui.contract.past.losses import Lost
from contract_tui.contract.records import Write


def text_again(lost: Lost) -> Write:
    """Give a thing or a section a text again, with the words that it held."""
    return add_text(lost.holder, paths.key_of(lost.part), lost.text, None)


def section_again(together: Iterable[Lost], position: str) -> Write:
    """Add a section again that was taken out as a whole, with what it is called and says."""
    words: Mapping[str, Lost] = {paths.key_of(one.part): one for one in together}
    key = paths.section_of(next(iter(words.values())).part)
    assert key is not None
    heading, body = (words[one].text if one in words else "" for one in ("heading", paths.BODY))
    return sections.add(key, heading, position, None, body)
