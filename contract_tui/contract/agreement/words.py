"""What is said of answers that do not count, one sentence each."""

from enum import Enum


class Fault(Enum):
    """Why an answer does not count."""

    NOBODY = "“{name}”: an answer stands here, and nothing proves whose seat this is."
    READS_ALONG = "{name} reads along: their answer does not count."
    UNREADABLE = "An answer in the name of {name} cannot be read."
    FORGED = "An answer in the name of {name} was not signed by them, or was changed afterwards."
    FOREIGN = "An answer in the name of {name} is about another contract, or is somebody else’s."
    NO_SUCH_VERSION = "An answer of {name} is about a version that this contract never had."
    OTHER_WORDS = "An answer of {name} does not fit the version that it is about."
    TAKEN_OUT = (
        "An answer of {name} was signed on a computer that was taken out of this contract: "
        "it does not count any more."
    )
    NEWER = (
        "An answer of {name} was given with a newer version of the program, "
        "and cannot be checked by this one."
    )

    @property
    def is_forgery(self) -> bool:
        """Whether somebody must have tampered with something."""
        return self not in (Fault.TAKEN_OUT, Fault.NEWER)


TAKEN_AWAY = (
    "Something was taken away by somebody who may not do that, and no answer covers it: {place}. "
    "Whoever may take it away can do so, and bring it back."
)
