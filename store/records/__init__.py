"""What was read: notes, their persons, pages, and the meetings they answer."""
