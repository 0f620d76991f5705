"""The SQLite database and the kept originals."""
