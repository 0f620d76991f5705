"""Columns that follow from others: kept true after every change, whoever made it."""
