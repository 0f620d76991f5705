"""What is different in Arabic and in Chinese."""
