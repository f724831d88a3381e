"""Who is here and where, as long as they are: heard, told on, and never kept."""
