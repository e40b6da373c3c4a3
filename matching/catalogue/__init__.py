"""What is in force: the vocabulary, the items and their examples."""
