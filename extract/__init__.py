"""Pages in, one structured note verbale out; pure: no files are written, no network is used."""
