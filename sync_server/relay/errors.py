"""Why a relay does not run; every text is one sentence for the person who starts it.

RelayError
├── AddressUnavailable  the address or port cannot be listened on
├── DataUnavailable     the data directory cannot be used
├── TlsUnavailable      the certificate or its key cannot be used
└── AddressMisspelt     a public address or an origin cannot be understood
"""


class RelayError(Exception):
    """The relay cannot run.

    The sentence and what is put into it are kept apart, for programs that speak other languages.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = sentence
        """With the names of the values in braces, where there are any."""
        self.values = values


class AddressUnavailable(RelayError):
    """The address or port cannot be listened on."""


class DataUnavailable(RelayError):
    """The data directory cannot be used."""


class TlsUnavailable(RelayError):
    """The certificate or its key cannot be used."""


class AddressMisspelt(RelayError):
    """A public address or an origin that cannot be understood."""
