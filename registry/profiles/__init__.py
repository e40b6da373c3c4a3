"""What is known of an enterprise, by whom and when."""
