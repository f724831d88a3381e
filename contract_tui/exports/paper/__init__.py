"""How a contract looks on paper: fonts and layouts, which take the words as values."""
