"""What a learning contract is: its document, its words, who wrote them and how they came to be.

Everything here is pure: times, actors and bytes come in as arguments, changes go out as bytes.
Automerge is reached through `crdt` alone. Nothing here opens a file or a socket, reads a clock, or
knows that there is a screen.

Where a line belongs:

- the document: `schema` and `shape` say what it consists of, `opening` opens it, `check` names what
  does not fit, `aside` is what cannot be read, `alarm` hears when the library has given up;
- what it holds beside words: `outline`, `memory` and `milestones` read it, with `entries`, `heads`
  and `known`; `records`, `kept`, `seen` and `renewal` write it; `effects`, `touched` and `deeds`
  say what some changes did;
- its words: `text` and `texts` mirror them, `splice`, `hand`, `undo` and `rewrite` change them,
  `gaps`, `places` and `tombstones` find where something is again, `covers` covers them;
- its people: `seats` knows them, `authorship` whether words are shown to be theirs, `voice` whose
  words may stand in a text that is one person's alone;
- what is missing: `watch` says when to look through the past, `slots` and `losses` what went from
  its place, `settled` what nobody is offered again, `restored` how the rest comes back;
- all of it: `readable` follows a contract, `contract` writes in it, `reader` makes a `reading` of
  one version, `headings` says what each part is called, `anew` and `carried` begin another one;
- what is agreed on and talked about: `sections`, and in rooms of their own `items`, `agreement` and
  `conference`.
"""
