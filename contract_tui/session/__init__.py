"""An open contract and its links to relays: where library, document and network meet.

`Session` is what a screen talks to: calls go down through it, wake-ups without payload come up.
May import `library`, and what that may; never SQLite, never Textual, never the relay itself.

Where a line belongs:

- what this person does: `pen` writes words, `arranging` and `desk` write sections and things,
  `remarks` notes and answers, `agreeing` signs, `drafting` keeps what is only for oneself,
  `recovery` brings back what others took out; `words` says why something cannot be done;
- a conference: `conferring` takes part in it, `agendas`, `insisting`, `leading`, `stopwatch` and
  `afterwards` have one part of that each;
- the document and the disk: `replica` holds both; `opening` and `slices` read it without the screen
  standing still, `looking` without opening it; `mending` and `portions` write, `durability` makes
  that last;
- the relays: `links` has a `link` to each, which is a `talk` in `conversation`s; `dialling`,
  `knocking`, `redeeming`, `credentials`, `retrying`, `resting` and `refusals` are about coming in,
  `asking` about short codes and erasing;
- whose words they are: `sealing`, `notary`, `authorship`, `vouching`, `seating`;
- who is here: `presence` and `whispers`, `people`; and what they are told: `notices`, `hearing`,
  `renewals`, `status`, `standings`, `summing`;
- the past: `remembering`, `names`, `sitting`.
"""
