"""What a policy item can say: facts, conditions, amounts, and how their files are read."""
