"""A copy of the database and the originals, made while others write; and put back."""
