-- What was wrong with the packing of an attachment that was read all the same: a JSON list of codes
-- (damaged_base64, encoding_mended, ...). Each is a doubt of the note, and so of all its rows.
ALTER TABLE documents ADD COLUMN arrival_marks TEXT NOT NULL DEFAULT '[]';

-- Until now a message with an odd header or structure could seem to hold no file: those that did are
-- taken apart once more. Their originals are kept.
UPDATE messages SET outcome = 'pending', reason = NULL, parsed_at = NULL, attempts = 0
 WHERE outcome = 'processed' AND reason = 'no_attachment' AND forgotten_at IS NULL;
