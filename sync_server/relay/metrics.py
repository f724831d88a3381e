"""How the relay is, for whoever looks after it: numbers that name nobody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import accumulate

from sync_server.hub.counters import COMMIT_BOUNDS, Counters

_SUMS = {
    "frames": "Messages received.",
    "octets": "Bytes of messages received.",
    "changes": "Changes stored.",
    "records": "Proofs, seals and revocations stored.",
    "refused": "Connections refused, or closed with a reason.",
    "unproven": "Proofs, seals and revocations that were not believed.",
    "withheld": "Changes of others for which no seal came in time.",
    "invalid": "Changes that could harm a document and were held back.",
    "sent": "Messages sent.",
    "sent_octets": "Bytes of messages sent.",
    "dropped": "Ephemeral messages that a slow reader did without, or that were too many.",
    "slow": "Connections cut off because they did not read.",
    "commits": "Transactions.",
    "failures": "Transactions that failed.",
    "faults": "Defects of the relay that were met.",
    "snapshots": "Snapshots made.",
    "erased": "Contracts erased, by their holders or the operator.",
}


@dataclass(frozen=True, slots=True)
class Vitals:
    """The relay at one moment."""

    connections: int
    documents: int
    uptime: float
    """Seconds."""
    storing: bool
    """Whether the last changes could be stored."""
    queued: int = 0
    """Connections with something in line."""
    waiting: int = 0
    """Changes that wait for a seal."""
    proven: int = 0
    """Proofs, seals and lists of what is revoked, of the contracts in memory."""


def health(vitals: Vitals) -> str:
    """The body of `GET /health`: JSON."""
    return json.dumps(
        {
            "status": "ok" if vitals.storing else "cannot store changes",
            "version": version("contract-tui"),
            "uptime": round(vitals.uptime, 1),
            "connections": vitals.connections,
            "contracts": vitals.documents,
        }
    )


def metrics(vitals: Vitals, counters: Counters) -> str:
    """The body of `GET /metrics`: the Prometheus text format, version 0.0.4."""
    page = _Page()
    page.add("connections", "gauge", "Websockets open.", vitals.connections)
    page.add("contracts", "gauge", "Contracts in memory.", vitals.documents)
    page.add("uptime_seconds", "gauge", "Seconds since the start.", vitals.uptime)
    page.add("storing", "gauge", "1 if the last changes could be stored.", vitals.storing)
    page.add("queued", "gauge", "Connections with something in line.", vitals.queued)
    page.add("waiting", "gauge", "Changes of others that wait for a seal.", vitals.waiting)
    page.add("proven", "gauge", "Proofs, seals and revocations in memory.", vitals.proven)
    for name, words in _SUMS.items():
        page.add(f"{name}_total", "counter", words, getattr(counters, name))
    page.add_by("refusals_total", "Refusals by reason.", "reason", counters.refusals)
    page.add_by("rests_total", "Connections held back, by limit.", "limit", counters.rests)
    page.add_times("commit_seconds", "How long a transaction took.", counters)
    return page.text


class _Page:
    """Lines of the text format."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def add(self, name: str, kind: str, words: str, value: float) -> None:
        self._line(f"{self._name(name, kind, words)} {value:.12g}")

    def add_by(self, name: str, words: str, label: str, values: Mapping[str, int]) -> None:
        full = self._name(name, "counter", words)
        for value, count in sorted(values.items()):
            self._line(f'{full}{{{label}="{value}"}} {count}')

    def add_times(self, name: str, words: str, counters: Counters) -> None:
        full = self._name(name, "histogram", words)
        bounds = [*(f"{bound:g}" for bound in COMMIT_BOUNDS), "+Inf"]
        for bound, count in zip(bounds, accumulate(counters.commit_times), strict=True):
            self._line(f'{full}_bucket{{le="{bound}"}} {count}')
        self._line(f"{full}_sum {counters.commit_seconds:.6f}")
        self._line(f"{full}_count {counters.commits}")

    def _name(self, name: str, kind: str, words: str) -> str:
        full = f"sync_server_{name}"
        self._line(f"# HELP {full} {words}")
        self._line(f"# TYPE {full} {kind}")
        return full

    def _line(self, line: str) -> None:
        self._lines.append(line)
