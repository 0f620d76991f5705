"""Who is nominated: persons found in lists, tables, labelled blocks and sentences."""
