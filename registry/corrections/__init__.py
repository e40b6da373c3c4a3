"""What somebody asks to have put right in a record: who decides, and what it changes."""
