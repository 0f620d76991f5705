"""From a page's words to lines, grids, zones and runs of text."""
