"""The cultivation pools (梯度培育库): who is cultivated towards which tier, since when, by whom and why."""
