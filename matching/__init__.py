"""The engine: columns and a date in, verdicts, amounts and reasons out."""
