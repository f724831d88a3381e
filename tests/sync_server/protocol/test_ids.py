import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.errors import BadDocumentId
from sync_server.protocol.ids import (
    DocumentId,
    document_url,
    format_document_id,
    parse_document_id,
)

ZEROES = DocumentId(bytes(16))


@given(st.binary(min_size=16, max_size=16).map(DocumentId))
def test_an_id_survives_being_written_and_read(document: DocumentId) -> None:
    assert parse_document_id(format_document_id(document)) == document
    assert parse_document_id(document_url(document)) == document


def test_an_id_of_automerge_repos_documentation_is_a_random_uuid() -> None:
    document = parse_document_id("automerge:4NMNnkMhL8jXrdJ9jamS58PAVdXu")
    assert document == bytes.fromhex("f1c29c84 74c8 4ade b800 be47627d33bf")
    assert format_document_id(document) == "4NMNnkMhL8jXrdJ9jamS58PAVdXu"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "up to 28"),
        ("automerge:", "up to 28"),
        ("1" * 29, "up to 28"),
        ("0OIl", "misspelt"),
        ("ü", "misspelt"),
        (" ", "misspelt"),
        (format_document_id(ZEROES)[:-1] + "z", "misspelt"),
        (format_document_id(DocumentId(bytes(15))), "16 bytes"),
        (format_document_id(ZEROES) + " ", "characters around it"),
        ("automerge:automerge:11", "misspelt"),
    ],
)
def test_text_that_names_no_document_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadDocumentId, match=reason):
        parse_document_id(text)


@given(st.text())
def test_any_other_text_is_refused_with_the_documented_error(text: str) -> None:
    with pytest.raises(BadDocumentId):
        parse_document_id(text)
