"""A contract as one web page: nothing is loaded from elsewhere, and it prints well."""

from html import escape

from contract_tui.contract.reading import Reading, ReadSection
from contract_tui.contract.schema import CHOICE_WORDS, STRUCTURE

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.1rem/1.55 Georgia, "Times New Roman", serif; max-width: 38rem; margin: 3rem auto;
       padding: 0 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .4rem; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0; }
.choice { font-weight: bold; margin: .4rem 0; }
.by, footer { font-size: .85rem; opacity: .75; }
footer { margin-top: 3rem; border-top: 1px solid; padding-top: .5rem; }
@media print { body { max-width: none; margin: 0; font-size: 12pt; } h2 { break-after: avoid; }
               .by { break-before: avoid; } @page { margin: 2.2cm; } }
"""


def to_html(reading: Reading, exported: str = "", language: str = "en") -> str:
    """Return a whole page; `exported` is a date in words for its foot."""
    title = escape(reading.title or "Learning contract")
    sections = "".join(_section(section, reading) for section in reading.shown)
    foot = f"<footer>{escape(exported)}</footer>\n" if exported else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{title}</h1>\n{sections}{foot}</body>\n</html>\n'
    )


def _section(section: ReadSection, reading: Reading) -> str:
    choice = CHOICE_WORDS[reading.structure_choice] if section.part == STRUCTURE else ""
    parts = [f'<h2 dir="auto">{escape(section.heading)}</h2>\n']
    if choice:
        parts.append(f'<p class="choice">{escape(choice)}</p>\n')
    if section.text:
        parts.append(f'<div class="words" dir="auto">{escape(section.text)}</div>\n')
    if section.by:
        parts.append(f'<p class="by">Written by {escape(", ".join(section.by))}</p>\n')
    return f"<section>\n{''.join(parts)}</section>\n"
