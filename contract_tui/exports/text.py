"""A contract as plain text: the same bytes for the same version on every computer."""

from contract_tui.contract.reading import Reading
from contract_tui.contract.schema import CHOICE_WORDS, STRUCTURE


def to_text(reading: Reading) -> str:
    """Return title, headings and words, with nothing added inside the words and no wrapping."""
    blocks = [headed(reading.title, "=")] if reading.title else []
    for section in reading.shown:
        lines = [headed(section.heading, "-")]
        choice = CHOICE_WORDS[reading.structure_choice] if section.part == STRUCTURE else ""
        lines += [f"[{choice}]"] if choice else []
        lines += [section.text] if section.text else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def headed(heading: str, line: str) -> str:
    """Return a heading in one line, underlined."""
    words = " ".join(heading.split("\n"))
    return f"{words}\n{line * len(words)}"
