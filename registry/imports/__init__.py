"""What departments gave us, as it came."""
