"""What is different between two versions, as text, as Markdown and as JSON."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from contract_tui.contract.items.terms import CHOSEN
from contract_tui.contract.schema import StructureChoice
from contract_tui.exports import words
from contract_tui.exports.markdown import as_line, escaped
from contract_tui.exports.saying import say
from contract_tui.exports.text import headed
from contract_tui.history.comparison import Mark, Run
from contract_tui.history.difference import Difference, PartDifference

_SKIPPED = "…"


def to_text(difference: Difference) -> str:
    """Return the paragraphs that changed, with who changed what to what; "" for no difference."""
    blocks = [
        "\n".join([headed(part.heading, "-"), *_paragraphs(part, difference)])
        for part in difference.parts
    ]
    if difference.choice:
        before, after = map(_choice, difference.choice)
        blocks.append(words.CHOICE_BECAME.format(before=before, after=after))
    if difference.said:
        blocks.append("\n".join(_sentences(difference)))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def to_markdown(difference: Difference) -> str:
    """Return the same in Markdown: struck through what was removed, bold what was added."""
    blocks: list[str] = []
    for part in difference.parts:
        blocks.append(f"## {as_line(escaped(part.heading))}")
        blocks += [as_line(_marked(runs, difference)) for runs in _changed_lines(part.runs)]
    if difference.choice:
        before, after = map(_choice, difference.choice)
        marked = f"~~{escaped(before)}~~ **{escaped(after)}**"
        blocks.append(words.CHOICE_IS_OTHER.format(words=marked))
    blocks += [as_line(escaped(sentence)) for sentence in _sentences(difference)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def to_json(difference: Difference) -> str:
    """Return the difference as a JSON object with these keys; "" for none.

    `from` and `to` the versions, lists of hashes in hex; `sections` those that changed, objects
    with `id`, `heading` and `runs`: objects with `text`, `kind` ("kept", "added", "removed"),
    `author` and `removed_by` (null where nobody removed it; “somebody in …’s name” where no seal
    shows whose it is); `structure_choice` an object with `from` and `to`, or null where it stayed;
    `said` what is said of goals, supports and promises beside their words, objects with `id` of
    the thing, `name`, `field` ("added" for whether it is there), `from` and `to`.
    """
    if difference.is_none:
        return ""
    choice = difference.choice
    content = {
        "from": [head.hex() for head in difference.before],
        "to": [head.hex() for head in difference.after],
        "sections": [
            {
                "id": part.part,
                "heading": part.heading,
                "runs": [
                    {
                        "text": run.text,
                        "kind": run.mark.value,
                        "author": difference.name(run.author),
                        "removed_by": difference.name(run.taker) if run.taker else None,
                    }
                    for run in part.runs
                ],
            }
            for part in difference.parts
        ],
        "structure_choice": None
        if choice is None
        else dict(zip(("from", "to"), choice, strict=True)),
        "said": [
            {
                "id": one.thing.id,
                "name": difference.things[one.thing.id],
                "field": one.field,
                "from": None if isinstance(one.before, bytes) else one.before,
                "to": None if isinstance(one.after, bytes) else one.after,
            }
            for one in difference.said
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _sentences(difference: Difference) -> list[str]:
    names, person = difference.things, difference.person
    return [say(names[one.thing.id], one, person) for one in difference.said]


def _paragraphs(part: PartDifference, difference: Difference) -> Iterator[str]:
    skipped = False
    for line in _lines(part.runs):
        if all(run.mark is Mark.KEPT for run in line):
            skipped = True
            continue
        if skipped:
            yield _SKIPPED
        skipped = False
        yield "".join(_told(line, difference))
    if skipped:
        yield _SKIPPED


def _told(line: Sequence[Run], difference: Difference) -> Iterator[str]:
    for kept, runs in groupby(line, key=lambda run: run.mark is Mark.KEPT):
        if kept:
            yield from (run.text for run in runs)
        else:
            yield "".join(f"[{phrase}]" for phrase in _phrases(list(runs), difference))


def _phrases(runs: Sequence[Run], difference: Difference) -> Iterator[str]:
    """Say who changed what at one place: as one sentence where one person put other words there."""
    name = difference.name
    added = [run for run in runs if run.mark is Mark.ADDED]
    removed = [run for run in runs if run.mark is Mark.REMOVED]
    takers = [name(run.taker) if run.taker else None for run in removed]
    hands = {*takers, *(name(run.author) for run in added)}
    if added and removed and len(hands) == 1 and None not in hands:
        by, gone, come = name(added[0].author), _quoted(removed), _quoted(added)
        yield words.BECAME.format(name=by, gone=gone, come=come)
        return
    for taker, some in groupby(removed, key=lambda run: name(run.taker) if run.taker else None):
        gone = _quoted(list(some))
        yield (
            words.TOOK_OUT.format(name=taker, gone=gone)
            if taker
            else words.WITHOUT.format(gone=gone)
        )
    for author, some in groupby(added, key=lambda run: name(run.author)):
        yield words.WROTE.format(name=author, come=_quoted(list(some)))


def _quoted(runs: Sequence[Run]) -> str:
    return words.QUOTED.format(words="".join(run.text for run in runs).replace("\n", " / "))


def _marked(line: Sequence[Run], difference: Difference) -> str:
    out = ""
    for run in line:
        text = escaped(run.text.replace("\n", " / "))
        if run.mark is Mark.KEPT or not text.strip():
            out += text
        elif run.mark is Mark.ADDED:
            out += _between("**", text, f" ({escaped(difference.name(run.author))})")
        else:
            taker = f" ({escaped(difference.name(run.taker))})" if run.taker else ""
            out += _between("~~", text, taker)
    return out


def _between(marks: str, text: str, who: str) -> str:
    """Put marks around words and a name behind: beside a space Markdown reads none as marks."""
    inner = text.strip()
    before, _, after = text.partition(inner)
    return f"{before}{marks}{inner}{marks}{who}{after}"


def _changed_lines(runs: Sequence[Run]) -> Iterator[list[Run]]:
    return (line for line in _lines(runs) if any(run.mark is not Mark.KEPT for run in line))


def _lines(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Cut the runs where a line ends in both versions."""
    line: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n") if run.mark is Mark.KEPT else [run.text]
        line += [_with(run, first)] if first else []
        for text in rest:
            yield line
            line = [_with(run, text)] if text else []
    yield line


def _with(run: Run, text: str) -> Run:
    return Run(text, run.mark, run.author, run.taker)


def _choice(choice: StructureChoice) -> str:
    return CHOSEN.get(choice, words.NO_CHOICE)
