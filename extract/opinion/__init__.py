"""A second opinion on structure: a small statistical tagger beside the rules."""
