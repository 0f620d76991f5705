-- What was wrong with the packing of an attachment that was read all the same: a JSON list of codes
-- (damaged_base64, encoding_mended, ...). Each is a doubt of the note, and so of all its rows.
ALTER TABLE documents ADD COLUMN arrival_marks TEXT NOT NULL DEFAULT '[]';
