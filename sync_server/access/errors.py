"""What can be wrong with a key, a proof or an invitation.

AccessError
├── BadKey                 not 32 bytes of an Ed25519 key
├── LinkError
│   ├── NotALink           the text is not an invitation at all
│   ├── DamagedLink        cut off or mistyped
│   └── NewerLink          made by a newer version of this program
└── ProofError
    ├── Malformed          not the token that it should be
    ├── Forged             a signature does not fit
    ├── Foreign            certified by the key of another contract
    └── Expired            claimed too late

Every message is one sentence for the person who reads it.
"""


class AccessError(ValueError):
    """A key, proof or invitation cannot be used; the message says why."""


class BadKey(AccessError):
    """Bytes or text that are not an Ed25519 key."""


class LinkError(AccessError):
    """A text that cannot be read as an invitation."""


class NotALink(LinkError):
    """The text is something else."""


class DamagedLink(LinkError):
    """The text begins like an invitation, but characters are missing or changed."""


class NewerLink(LinkError):
    """The form of the invitation is newer than this program."""


class ProofError(AccessError):
    """A certificate or claim that proves nothing."""


class Malformed(ProofError):
    """The token has the wrong form, algorithm or fields."""


class Forged(ProofError):
    """The token is not signed by the key that it names."""


class Foreign(ProofError):
    """The token belongs to another contract."""


class Expired(ProofError):
    """The invitation was taken after its last day."""
