"""What a note says of itself: kind, sender, number, dates, the meeting."""
