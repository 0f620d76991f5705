"""Files of pictures: TIFF, JPEG, PNG and others. In the decoder's child process only."""
