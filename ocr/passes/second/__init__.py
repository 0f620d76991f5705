"""What a second reader sees in the places that matter."""
