""""My record is wrong": what somebody asks to have put right, who decides, and what it changes."""
