from contract_tui.library.parcels import PARCEL_VOUCHERS, Outbox, Parcel


def everything(outbox: Outbox) -> list[Parcel]:
    found = []
    while parcel := outbox.take():
        found.append(parcel)
    return found


def test_proofs_are_sent_before_the_seals_that_need_them() -> None:
    outbox = Outbox()
    proofs = tuple(f"{number}~x" for number in range(20))
    outbox.put(Parcel(proofs, tuple(bytes([number]) * 144 for number in range(250))))
    sent = everything(outbox)
    assert [(len(parcel.proofs), len(parcel.seals)) for parcel in sent] == [
        (16, 0),
        (4, 200),
        (0, 50),
    ]


def test_vouchers_are_sent_once_each_and_not_to_who_has_them() -> None:
    outbox = Outbox()
    vouchers = tuple(map(str, range(PARCEL_VOUCHERS + 2)))
    outbox.put(Parcel(vouchers=vouchers))
    outbox.put(Parcel(vouchers=vouchers[:1]))
    outbox.heard(Parcel(vouchers=vouchers[-1:]))
    sent = everything(outbox)
    assert [len(parcel.vouchers) for parcel in sent] == [PARCEL_VOUCHERS, 1]
    assert tuple(one for parcel in sent for one in parcel.vouchers) == vouchers[:-1]
