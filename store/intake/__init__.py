"""What comes in: kept first, taken apart, waiting to be read."""
