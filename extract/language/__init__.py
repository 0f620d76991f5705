"""Words, whatever note they stand on: the lexicon, folding, addresses, numbers, dates."""
