"""A contract as one web page: nothing is loaded from elsewhere, and it prints well."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from contract_tui.contract.reading import Reading, Written
from contract_tui.exports import words
from contract_tui.exports.blocks import (
    THING,
    TOP,
    Block,
    Caution,
    Choice,
    Credit,
    Entry,
    Heading,
    Line,
    Words,
)
from contract_tui.exports.home import Kept, pages
from contract_tui.exports.sheet import printed_sheet

_CSS = """
:root { color-scheme: light dark; }
body { font: 1.1rem/1.55 Georgia, "Times New Roman", serif; max-width: 38rem; margin: 3rem auto;
       padding: 0 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .4rem; }
h3 { font-size: 1.1rem; margin: 1.6rem 0 .2rem; }
ul { list-style: none; margin: .4rem 0; padding: 0; }
li { margin: .6rem 0; padding-inline-start: 1rem; border-inline-start: 2px solid #8888; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; margin: .3rem 0; }
.label + .words, li .words { margin: .1rem 0; }
.choice { font-weight: bold; margin: .4rem 0; }
.label, .by, .about, footer { font-size: .85rem; opacity: .75; margin: .5rem 0 0; }
li .label { font-size: .95rem; font-weight: bold; opacity: 1; margin: 0; }
li .about { margin: 0; }
.foreign { text-decoration: underline dashed; text-underline-offset: .2em; }
.caution { font-size: .9rem; margin: .4rem 0; padding: .2rem .6rem; border: 1px dashed; }
footer { margin-top: 3rem; border-top: 1px solid; padding-top: .5rem; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; line-height: 1.4; }
               h2, h3, .label { break-after: avoid; } li { break-inside: avoid; }
               .by { break-before: avoid; }
               .home section + section { break-before: page; } @page { margin: 2.2cm; } }
"""


def to_html(reading: Reading, exported: str = "", language: str = words.LANGUAGE) -> str:
    """Return a whole page; `exported` is a date in words for its foot."""
    blocks = [block for block in printed_sheet(reading) if not _is_title(block)]
    return _document(reading, "".join(_sections(blocks)), exported, language)


def promises_to_html(
    reading: Reading,
    kept: tuple[Kept, ...],
    exported: str = "",
    language: str = words.LANGUAGE,
) -> str:
    """Return what people promised as one page, of which each prints their own part on paper."""
    body = f'<main class="home">\n{"".join(_sections(pages(reading, kept)))}</main>\n'
    return _document(reading, body, exported, language)


def _document(reading: Reading, body: str, exported: str, language: str) -> str:
    title = escape(reading.title.strip() or words.CONTRACT)
    foot = f"<footer>{escape(exported)}</footer>\n" if exported else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{title}</h1>\n{body}{foot}</body>\n</html>\n'
    )


def _is_title(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == TOP


def _sections(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield a section for each heading but those of things, which stand inside of one."""
    section: list[str] = []
    for is_entry, run in groupby(blocks, lambda one: isinstance(one, Entry)):
        if is_entry:
            section.append(f"<ul>\n{''.join(map(_block, run))}</ul>\n")
            continue
        for block in run:
            if isinstance(block, Heading) and block.level < THING and section:
                yield f"<section>\n{''.join(section)}</section>\n"
                section = []
            section.append(_block(block))
    if section:
        yield f"<section>\n{''.join(section)}</section>\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f'<h{level} dir="auto">{escape(text)}</h{level}>\n'
        case Choice(text):
            return _paragraph("choice", text)
        case Words(written, label):
            return (_paragraph("label", label) if label else "") + _words(written)
        case Entry(written, facts, label):
            before = _paragraph("label", label) if label else ""
            after = _paragraph("about", " · ".join(facts)) if facts else ""
            return f"<li>\n{before}{_words(written)}{after}</li>\n"
        case Line(text):
            return _paragraph("about", text)
        case Credit(text):
            return _paragraph("by", text)
        case Caution(text):
            return _paragraph("caution", text)


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}" dir="auto">{escape(text)}</p>\n'


def _words(written: Written) -> str:
    """Return words as they were typed, marked where they are not the one's whose text it is."""
    marked, at = "", 0
    for one in written.foreign:
        marked += escape(written.text[at : one.start])
        at = one.start + len(one.text)
        marked += f'<span class="foreign" title="{escape(one.by)}">{escape(one.text)}</span>'
    return f'<div class="words" dir="auto">{marked}{escape(written.text[at:])}</div>\n'
