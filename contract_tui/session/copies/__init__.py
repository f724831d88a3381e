"""A contract's copy on this computer: on disk, in the graph and in the document, kept in step."""
