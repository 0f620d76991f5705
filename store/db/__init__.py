"""One database file and the kept originals beside it: opened, migrated, encoded."""
