"""Text as it is compared with what somebody types who looks for it."""

import unicodedata


def plain(text: str) -> str:
    """Return a text as it is compared: no matter how it is accented or capitalised."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
