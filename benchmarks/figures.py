"""What was measured, beside its budget and its peer."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; smaller is better."""

    what: str
    unit: str
    measured: float
    budget: float | None = None
    """In the same unit; None where there is nothing but the comparison."""
    peer: str = ""
    """Who did the same beside us."""
    by_peer: float | None = None
    at_most: float | None = None
    """The budget as a share of the peer's number."""

    @property
    def ratio(self) -> float | None:
        """Ours as a share of the peer's."""
        return self.measured / self.by_peer if self.by_peer else None

    @property
    def met(self) -> bool | None:
        """Whether every budget holds; None without one."""
        limits = [self.budget] if self.budget is not None else []
        if self.at_most is not None and self.by_peer is not None:
            limits.append(self.at_most * self.by_peer)
        return all(self.measured <= limit for limit in limits) if limits else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie; raises ValueError without any."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


HEADINGS = ("figure", "budget", "measured", "peer", "by peer", "ratio", "")


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as one table in Markdown."""
    rows = [HEADINGS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _row(figure: Figure) -> tuple[str, ...]:
    ratio = figure.ratio
    verdict = {True: "met", False: "**missed**", None: ""}[figure.met]
    return (
        figure.what,
        _budget(figure),
        _number(figure.measured, figure.unit),
        figure.peer,
        "" if figure.by_peer is None else _number(figure.by_peer, figure.unit),
        "" if ratio is None else f"{ratio:.2f}",
        verdict,
    )


def _budget(figure: Figure) -> str:
    parts = [] if figure.budget is None else [_number(figure.budget, figure.unit)]
    if figure.at_most is not None:
        parts.append(f"{figure.at_most:.2f} of the peer")
    return ", ".join(parts)


def _number(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}"
