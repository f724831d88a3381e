"""Finds what people read and no catalogue knows: prose in a module that stands outside `_()`."""

import ast
import re
from collections.abc import Iterator

FUNCTIONS = {"_", "ngettext", "pgettext", "gettext_noop"}
INTERNAL = {"ValueError", "TypeError", "KeyError", "RuntimeError", "NotImplementedError"}
"""What is raised at whoever writes the program."""
NOT_READ = {"compile", "query", "query_one", "execute", "debug", "exception", "getattr", "cast"}
"""What is called with text that is no sentence."""
NOT_PROSE = re.compile(r"(^|_)(CSS|SQL|SCHEMA|PATTERN|POLICY|SCRIPT|STRICT)(_|$)|^__")
SQL = re.compile(r"\s*(CREATE|INSERT|SELECT|UPDATE) ")
WORDS = re.compile(r"[a-zà-ÿ]{2}")
HOLE = re.compile(r"\{[^{}]*\}")


def unwrapped(source: str) -> list[tuple[int, str]]:
    """Return what reads like prose outside `_()`, by its line."""
    return sorted({(one.lineno, str(one.value)) for one in _prose(ast.parse(source))})


def hidden(source: str) -> list[int]:
    """Return the lines that say something inside an f-string, where no catalogue finds it."""
    strings = (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.JoinedStr))
    calls = (one for some in strings for one in ast.walk(some) if isinstance(one, ast.Call))
    names = ((one.func, one.lineno) for one in calls)
    return [line for name, line in names if isinstance(name, ast.Name) and name.id in FUNCTIONS]


def is_prose(text: str) -> bool:
    """Whether a text has words: one alone may be a token, and a browser reads what begins so."""
    is_markup = text.lstrip().startswith("<")
    said = HOLE.sub("", text)
    return (
        " " in text.strip() and bool(WORDS.search(said)) and not SQL.match(text) and not is_markup
    )


def _prose(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and is_prose(node.value):
            yield node
        return
    for child in _read(node):
        yield from _prose(child)


def _read(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what of a part of a program can be read by people."""
    match node:
        # Docstrings; what never fails; what a style calls a widget.
        case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.keyword(arg="classes"):
            return
        case ast.Call(func=ast.Name(id=name)) if name in FUNCTIONS | INTERNAL | NOT_READ:
            return
        case ast.Call(func=ast.Attribute(attr=name)) if name in NOT_READ:
            return
        case ast.Assign(targets=[ast.Name(id=name)]) if NOT_PROSE.search(name):
            return
        case ast.Subscript(value=value):  # a type, or a key
            yield value
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            if value is not None and not NOT_PROSE.search(name):
                yield value
        case ast.JoinedStr(values=values):
            yield from _of_one_sentence(values)
        case ast.arg() | ast.Compare():
            return
        case ast.Dict(keys=keys, values=values):
            yield from (key for key in keys if key and not isinstance(key, ast.Constant))
            yield from values
        case ast.FunctionDef(args=args, body=body) | ast.AsyncFunctionDef(args=args, body=body):
            yield from (args, *body)
        case _:
            yield from ast.iter_child_nodes(node)


def _of_one_sentence(values: list[ast.expr]) -> Iterator[ast.AST]:
    """Yield an f-string as one text, so that its single words count as the sentence they are."""
    fixed = [one for one in values if isinstance(one, ast.Constant)]
    text = "{}".join(str(one.value) for one in fixed)
    if fixed:
        yield ast.copy_location(ast.Constant(text), fixed[0])
    yield from (one.value for one in values if isinstance(one, ast.FormattedValue))
