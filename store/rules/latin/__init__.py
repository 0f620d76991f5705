"""Names written in another script, in Latin letters: always a proposal with its source."""
