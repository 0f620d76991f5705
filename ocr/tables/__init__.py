"""Ruled tables: their lines found on the page image, and the cells between them."""
