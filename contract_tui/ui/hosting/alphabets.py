"""Letters made of dots: those of a code as they are, and smaller ones, with what addresses need."""

from __future__ import annotations

from collections.abc import Mapping

from contract_tui.ui.widgets.big_code import letter

Glyph = tuple[str, ...]
"""The rows of a letter from the top; # is a dot."""
_SMALL = """\
0 ### #.# #.# #.# ###
1 .#. ##. .#. .#. ###
2 ### ..# ### #.. ###
3 ### ..# .## ..# ###
4 #.# #.# ### ..# ..#
5 ### #.. ### ..# ###
6 ### #.. ### #.# ###
7 ### ..# ..# .#. .#.
8 ### #.# ### #.# ###
9 ### #.# ### ..# ###
A .#. #.# ### #.# #.#
B ##. #.# ##. #.# ##.
C .## #.. #.. #.. .##
D ##. #.# #.# #.# ##.
E ### #.. ##. #.. ###
F ### #.. ##. #.. #..
G .### #... #.## #..# .###
H #.# #.# ### #.# #.#
I ### .#. .#. .#. ###
J ..# ..# ..# #.# .#.
K #..# #.#. ##.. #.#. #..#
L #.. #.. #.. #.. ###
M #...# ##.## #.#.# #...# #...#
N #..# ##.# #.## #..# #..#
O .##. #..# #..# #..# .##.
P ##. #.# ##. #.. #..
Q .##. #..# #..# #.#. .#.#
R ##. #.# ##. #.# #.#
S .## #.. .#. ..# ##.
T ### .#. .#. .#. .#.
U #..# #..# #..# #..# .##.
V #.# #.# #.# #.# .#.
W #...# #...# #.#.# ##.## #...#
X #.# #.# .#. #.# #.#
Y #.# #.# .#. .#. .#.
Z ### ..# .#. #.. ###
. . . . . #
: . # . # .
- .. .. ## .. ..
/ ..# ..# .#. #.. #..
[ ## #. #. #. ##
] ## .# .# .# ##
"""
_FURTHER = """\
I ### .#. .#. .#. .#. .#. ###
L #.... #.... #.... #.... #.... #.... #####
O .###. #...# #...# #...# #...# #...# .###.
U #...# #...# #...# #...# #...# #...# .###.
. .. .. .. .. .. ## ##
: .. ## ## .. ## ## ..
/ ...# ...# ..#. ..#. .#.. .#.. #...
[ ### #.. #.. #.. #.. #.. ###
] ### ..# ..# ..# ..# ..# ###
"""
"""What no code has, as high as its letters."""


def _drawn(letters: str) -> Mapping[str, Glyph]:
    lines = [line.split(" ") for line in letters.splitlines()]
    return {line[0]: tuple(line[1:]) for line in lines}


SMALL = _drawn(_SMALL)
_MORE = _drawn(_FURTHER)


def small(character: str) -> Glyph:
    """Return a letter five dots high; raises KeyError for what no address or code has."""
    return SMALL[character]


def large(character: str) -> Glyph:
    """Return a letter seven dots high; raises KeyError for what no address or code has."""
    return _MORE.get(character) or letter(character)
