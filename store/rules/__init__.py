"""Judgements without a database: names, scans, notes and rows in, what follows out."""
