"""What people and monitors are told; nothing here writes."""
