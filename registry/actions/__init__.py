"""What the product does: one file a deed. Pages, command line and clock call the same ones."""
