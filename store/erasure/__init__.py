"""Personal data removed for good."""
