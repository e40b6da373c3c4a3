"""Who uses the service: accounts, sessions, roles, and what each may do."""
