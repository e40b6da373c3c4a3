"""The service: what is known of each enterprise, and the doors people and clocks come in by."""
