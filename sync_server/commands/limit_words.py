"""What each of the relay's limits is, in a line for an operator."""

from collections.abc import Mapping
from types import MappingProxyType

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "max_frame": "bytes of one message",
        "ping_interval": "seconds of silence before somebody is asked whether they are there",
        "ping_timeout": "seconds after which they are then taken for gone",
        "controls": "pings and the like of one connection, in about a second",
        "connections": "connections at one time",
        "connections_per_address": "connections at one time from one address",
        "handshakes": "connections that are still being let in",
        "handshake_within": "seconds for letting one in",
        "close_within": "seconds for one to end before it is cut",
        "join_within": "seconds for one to introduce itself",
        "ack_delay": "seconds that an answer waits for something to travel with",
        "ack_pause": "seconds between two answers to somebody who types on",
        "nudge_after": "seconds before a silent program is spoken to again; they double",
        "nudge_at_most": "seconds between two such tries, at most",
        "keep": "seconds that a contract stays in memory when nobody has it open",
        "slice": "changes taken before other contracts have their turn",
        "load_slice": "changes read from the disk before other contracts have their turn",
        "inbox": "bytes in line before a connection is not read from",
        "documents": "contracts open on one connection",
        "quiet": "seconds without a change before a contract is made compact",
        "quiet_tail": "bytes of changes from which on that is done",
        "busy_tail": "bytes of changes from which on it is done while people write",
        "seal_within": "seconds before somebody is told that a seal is missing",
        "unsealed": "bytes that wait for seals, of one connection",
        "unsealed_in_all": "bytes that wait for seals, of all",
        "frames": "messages of one connection",
        "octets": "bytes that one connection sends",
        "presence": "messages of one connection about who is where",
        "custody": "halves of signatures of one connection to check",
        "effort": "changes looked at to find what one computer lacks",
        "refused": "changes of one connection that could harm a document",
        "operations": "operations in the changes of one computer",
        "changes": "changes that enter one contract",
        "contract": "bytes of all changes of one contract",
        "backlog": "bytes that one connection may send while it is held back",
        "shown_out_wait": "seconds that a seat waits at most after it was shown out",
        "shown_out": "connections of one network that are shown out",
    }
)
"""By the limit's name; what is written as a rate is for each second, and at once."""
