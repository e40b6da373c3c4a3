"""Money: one ledger a programme and year; what is set aside, paid and given back."""
