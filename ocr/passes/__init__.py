"""How a page's words come about: the first pass, what it left out, what a second reader says."""
