"""What a learning contract is: its document, its words, and who wrote them.

Everything here is pure: times, actors and bytes come in as arguments, changes go out as bytes.
Automerge is reached through `crdt` alone. Nothing here opens a file or a socket, reads a clock, or
knows that there is a screen.

Where a line belongs:

- what the document consists of: `schema` and `shape`, with `values`, `names` and `heads`; rooms of
  their own read it in (`opening`) and mirror and change its words (`text`);
- what some changes did to it: `effects`, `touched`, `deeds`, and `slots` under the keys of maps;
- what is written beside the words: `records` and `renewal`; who sits in it is in `membership`, what
  it keeps of its own past in `past`;
- what it lists, is agreed on and talked about: `sections`, and the rooms `items`, `agreement` and
  `conference`;
- all of it: `readable` follows a contract, `contract` writes in it, `reader` makes a `reading` of
  one version, `headings` says what each part is called, `anew` and `carried` begin another one.
"""
