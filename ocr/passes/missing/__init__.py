"""What the first pass left out or read badly: found and read again."""
