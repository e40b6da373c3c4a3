"""Tell: what is owed to be said, and what became of it."""
