"""What people decided, as what the program learns from; a row nobody decided teaches nothing."""
