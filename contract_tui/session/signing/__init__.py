"""Who wrote what, so that everybody can tell: sealed here, and looked at where others sealed.

`sealing` seals what is written here, `notary` keeps what the others sealed, `authorship` says what
is in doubt, `vouching` what the holder of the contract's key may admit, `seating` enters this
computer into the contract.
"""
