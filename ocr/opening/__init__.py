"""From a file that is not to be trusted to the pixels of one page."""
