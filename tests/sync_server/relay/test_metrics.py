import json
from dataclasses import fields

from sync_server.hub.counters import Counters
from sync_server.relay.metrics import Vitals, health, metrics

VITALS = Vitals(connections=3, documents=1, uptime=12.345, storing=True)


def test_health_says_how_the_relay_is() -> None:
    said = json.loads(health(VITALS))
    assert said.pop("version")
    assert said == {"status": "ok", "uptime": 12.3, "connections": 3, "contracts": 1}


def test_health_says_when_changes_cannot_be_stored() -> None:
    vitals = Vitals(connections=0, documents=0, uptime=0, storing=False)
    assert json.loads(health(vitals))["status"] == "cannot store changes"


def test_every_counter_is_told_with_its_meaning() -> None:
    counters = Counters(frames=7)
    text = metrics(VITALS, counters)
    assert text.endswith("\n")
    plain = [field for field in fields(counters) if field.type is int]
    assert len(plain) > 10
    for field in plain:
        name = f"sync_server_{field.name}_total"
        assert f"# HELP {name} " in text
        assert f"# TYPE {name} counter\n{name} {getattr(counters, field.name)}\n" in text
    assert "# TYPE sync_server_connections gauge\nsync_server_connections 3\n" in text
    assert "sync_server_uptime_seconds 12.345\n" in text
