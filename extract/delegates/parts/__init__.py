"""The parts of an entry: form of address, name, post, role, addresses."""
