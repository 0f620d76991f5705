"""The layouts delegates are listed in: entries, paragraphs, labels, tables."""
