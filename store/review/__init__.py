"""What the review page shows and writes."""
