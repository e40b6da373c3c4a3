"""The table of contents: one file for each thing the product does."""
