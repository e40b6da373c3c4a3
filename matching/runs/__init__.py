"""Remember: one run a period, its entitlements, changes and receipt."""
