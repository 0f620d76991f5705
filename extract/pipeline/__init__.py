"""Reading a note as one spaCy pipeline: what is known of it stands on the ``Doc``."""
