"""How the relay is, for whoever looks after it: numbers that name nobody."""

import json
from dataclasses import dataclass, fields
from importlib.metadata import version

from sync_server.relay.counters import Counters

_HELP = {
    "frames": "Messages received.",
    "changes": "Changes stored.",
    "refused": "Connections closed with a reason.",
    "sent": "Messages sent.",
    "dropped": "Ephemeral messages that a slow reader did without.",
    "slow": "Connections cut off because they did not read.",
    "commits": "Transactions.",
    "failures": "Transactions that failed.",
    "faults": "Defects of the relay that were met.",
    "snapshots": "Snapshots made.",
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
    lines: list[str] = []

    def add(name: str, kind: str, words: str, value: float) -> None:
        full = f"sync_server_{name}"
        lines.extend((f"# HELP {full} {words}", f"# TYPE {full} {kind}", f"{full} {value:g}"))

    add("connections", "gauge", "Websockets open.", vitals.connections)
    add("contracts", "gauge", "Contracts in memory.", vitals.documents)
    add("uptime_seconds", "gauge", "Seconds since the start.", vitals.uptime)
    add("storing", "gauge", "1 if the last changes could be stored.", vitals.storing)
    for field in fields(counters):
        add(f"{field.name}_total", "counter", _HELP[field.name], getattr(counters, field.name))
    return "\n".join(lines) + "\n"
