"""Who is the same as whom: stand-ins for names not yet told apart, and judgements about them."""
