from sync_server.hub.pages import Page, pages


def test_what_there_is_to_say_is_cut_into_messages_proofs_first() -> None:
    proofs = tuple(map(str, range(100)))
    seals = tuple([bytes([n % 256]) for n in range(600)])
    vouchers = tuple(map(str, range(200)))
    said = list(pages(proofs, seals, vouchers))
    assert [tuple(map(len, page)) for page in said] == [
        (64, 0, 64),
        (36, 256, 64),
        (0, 256, 64),
        (0, 88, 8),
    ]
    assert [token for page in said for token in page.vouchers] == [*vouchers]


def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    assert list(pages((), ())) == []
    assert list(pages((), (), ("v",))) == [Page(vouchers=("v",))]
