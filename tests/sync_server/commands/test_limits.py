"""Limits as an operator names them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server import cli
from sync_server.commands.limits import BadLimit, limits_of, read_limit, with_limits, written
from sync_server.hub.limits import Rate
from sync_server.relay.settings import Settings


def test_every_limit_reads_as_it_is_written() -> None:
    for name, value in limits_of(Settings()):
        assert read_limit(f"{name}={written(value)}") == (name, value)


def test_the_list_says_what_each_limit_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--limits"])
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert list(told) == [f"{name}={written(value)}" for name, value in limits_of(Settings())]
    assert told["connections_per_address=1000"] == "connections at one time from one address"
    assert told["frames=500/5000"] == "messages of one connection, each second/at once"


def test_named_limits_change_and_no_others() -> None:
    given = [read_limit("connections_per_address=200"), read_limit("frames=10/20.5")]
    limited = with_limits(Settings(), given)
    assert limited.connections_per_address == 200
    assert limited.limits.frames == Rate(10, 20.5)
    usual = dict(limits_of(Settings()))
    changed = {name for name, value in limits_of(limited) if usual[name] != value}
    assert changed == {"connections_per_address", "frames"}


def test_the_last_word_on_a_limit_counts() -> None:
    words = [read_limit("documents=5"), read_limit("documents=7")]
    assert with_limits(Settings(), words).limits.documents == 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("patience=3", "there is no limit “patience”"),
        ("power_safe=1", "there is no limit “power_safe”"),
        ("documents", "no number"),
        ("documents=many", "“many” is no number"),
        ("documents=1.5", "one number, such as documents=2000"),
        ("documents=1/2", "one number"),
        ("documents=0", "more than nothing"),
        ("documents=-3", "more than nothing"),
        ("ping_interval=inf", "finite"),
        ("ping_interval=nan", "finite"),
        ("frames=500", "frames=PER_SECOND/AT_ONCE"),
        ("frames=1/2/3", "frames=PER_SECOND/AT_ONCE"),
    ],
)
def test_what_is_no_limit_is_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(BadLimit, match=said):
        read_limit(text)


@given(st.text(max_size=40))
def test_any_text_is_a_limit_or_refused(text: str) -> None:
    try:
        name, value = read_limit(text)
    except BadLimit:
        return
    assert dict(limits_of(with_limits(Settings(), [(name, value)])))[name] == value
