"""PDFs: what a page paints, the scan in it, the files inside. In the decoder's child only."""
