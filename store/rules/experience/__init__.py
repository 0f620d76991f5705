"""What an office's own decisions say of a row: judged in, judged out, without a database."""
