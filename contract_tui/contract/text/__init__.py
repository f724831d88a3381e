"""The words of a contract: each text mirrored, changed by splices, and what holds on to places.

`mirror` mirrors one text and `mirrors` all of them; `splice`, `hand`, `undo` and `rewrite` change
them; `gaps`, `places` and `tombstones` find where something is again; `voice` says whose words may
stand in a text that is one person's alone.
"""
