"""What can be wrong with a key, a proof or an invitation.

AccessError
├── BadKey                 not 32 bytes of an Ed25519 key
├── BadAddress             not the address of a relay
├── NotACode               mistyped, or something else than a short code
├── BadPaper               a key on paper, mistyped in a line that is named
├── LinkError
│   ├── NotALink           the text is not an invitation at all
│   ├── DamagedLink        cut off or mistyped
│   ├── NewerLink          made by a newer version of this program
│   └── OlderLink          made by an older version of this program
└── ProofError
    ├── Malformed          not the token that it should be
    │   └── WrongKind      a sound token, made for another purpose
    ├── Forged             a signature does not fit
    ├── Foreign            certified by the key of another contract, or for another seat
    ├── Expired            claimed or shown too late
    ├── NotYetValid        shown too early: one of two clocks is wrong
    ├── Overlong           valid for longer than anybody accepts
    ├── WrongAudience      made for another relay
    └── Used               spent already; only who keeps a memory can tell

Every message is one sentence for the person who reads it.
"""


class AccessError(ValueError):
    """A key, proof or invitation cannot be used; the message says why.

    The sentence and what is put into it are kept apart, for programs that speak other languages.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = sentence
        """With the names of the values in braces, where there are any."""
        self.values = values


class BadKey(AccessError):
    """Bytes or text that are not an Ed25519 key."""


class BadAddress(AccessError):
    """A text that is not the address of a relay."""


class NotACode(AccessError):
    """A text that is not a short code; a mistyped one is told without asking anybody."""


class BadPaper(AccessError):
    """A key typed in from paper that is not the key that was printed."""

    def __init__(self, sentence: str, line: int | None = None, **values: object) -> None:
        super().__init__(sentence, **values)
        self.line = line
        """The line that is mistyped, counted from 1; None where the lines cannot be told apart."""


class LinkError(AccessError):
    """A text that cannot be read as an invitation."""


class NotALink(LinkError):
    """The text is something else."""


class DamagedLink(LinkError):
    """The text begins like an invitation, but characters are missing or changed."""


class NewerLink(LinkError):
    """The form of the invitation is newer than this program."""


class OlderLink(LinkError):
    """The form of the invitation is one that this program no longer reads."""


class ProofError(AccessError):
    """A token that proves nothing."""


class Malformed(ProofError):
    """The token has the wrong form, algorithm or fields."""


class WrongKind(Malformed):
    """The token was made for another purpose (RFC 8725, section 3.11)."""


class Forged(ProofError):
    """The token is not signed by the key that it names."""


class Foreign(ProofError):
    """The token belongs to another contract, seat or invitation."""


class Expired(ProofError):
    """The token or invitation was used after its last moment."""


class NotYetValid(ProofError):
    """The token comes from the future: one of two clocks is wrong."""


class Overlong(ProofError):
    """The token is valid for longer than its reader accepts."""


class WrongAudience(ProofError):
    """The token was made for another relay."""


class Used(ProofError):
    """The invitation or credential has been used already."""
