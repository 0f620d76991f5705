"""What is done with lines and words alone, without the page's picture."""
