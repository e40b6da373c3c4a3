"""Who did what to whom and when: added, chained day by day, never altered."""
