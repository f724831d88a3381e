"""Who may sit where and who wrote what, and the proof of it.

Pure: keys, tokens and links are values; times and randomness are arguments. May import `protocol`.

| Module | Which question it answers |
|---|---|
| `keys` | What is a key, and which contract, device and actors are named after it? |
| `tokens` | Who signed this, and for what purpose? |
| `fields` | What does a field of it say, if it says anything? |
| `seat` | What is a person's place in a contract, and what is it called? |
| `proof` | To which seat has the contract's holder invited whom, and who took it? |
| `device_certificate` | Which further computer has a seat let in? |
| `devices` | Which computer is this, whose is it, and which invitations has it spent? |
| `standby` | Whose computer may seat a guest anew when the host's dies? |
| `invitation` | What does the link say, and what link says it? |
| `compact` | Which few bytes of a certificate does a link need? |
| `credential` | Who asks this relay to be let in, to which contract and until when? |
| `audience` | Which relay is meant by an address? |
| `seal` | Whose work is a change, no matter who brings it? |
| `voucher` | Which past does the contract's holder admit, whose author never sealed it? |
| `revocation` | Which devices are taken back? |
| `answer` | Who answered which version of the contract, and what? |
| `holder` | In whose hands is the contract's key? |
| `order` | What does the holder of that key want this relay to do? |
| `code` | Which short code was meant, and was it mistyped? |
| `backup` | Which key is on this paper, and which line was mistyped? |
| `crockford` | Which letters can be read aloud, and which one is wrong? |
| `constants` | Which changes are part of the program, and nobody's own? |
| `errors` | What can be wrong, and what is said about it? |

Whether something was used before, or is revoked, is for a relay to remember.
"""
