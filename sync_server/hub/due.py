"""What can become due in a hub."""

from dataclasses import dataclass

from sync_server.hub.room import Link, Member, Room


@dataclass(frozen=True, slots=True, eq=False)
class JoinBy:
    """A connection should have introduced itself."""

    link: Link


@dataclass(frozen=True, slots=True, eq=False)
class Acknowledge:
    """A member should hear that its changes are kept, if it has not by then."""

    member: Member


@dataclass(frozen=True, slots=True, eq=False)
class Nudge:
    """A member should be in step."""

    member: Member


@dataclass(frozen=True, slots=True, eq=False)
class Wake:
    """A connection has paid its debt, and is listened to again."""

    link: Link


@dataclass(frozen=True, slots=True, eq=False)
class Withhold:
    """What a member brought of others should be covered by seals."""

    member: Member


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A document may have become quiet."""

    room: Room


@dataclass(frozen=True, slots=True, eq=False)
class Forget:
    """A document may have been without members for long enough."""

    room: Room


Due = JoinBy | Acknowledge | Nudge | Wake | Withhold | Look | Forget
