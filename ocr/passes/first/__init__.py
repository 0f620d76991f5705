"""The page read: which way up it is, in what language, and the words of another script."""
