-- A database of a million pages: what is written in one transaction is looked at once, at its end.

-- While the pipeline writes, what the two views below would compute again after every row is only
-- noted: 1 both, 2 (the notes' part is being worked off) the second alone. What people write is
-- computed at once, as they read it back in the same statement's answer.
ALTER TABLE writer ADD COLUMN later INTEGER;
CREATE TABLE notes_later (document_id INTEGER PRIMARY KEY);
CREATE TABLE reviews_later (document_id INTEGER PRIMARY KEY);

CREATE TRIGGER note_refresh_later INSTEAD OF INSERT ON note_refresh
WHEN EXISTS (SELECT 1 FROM writer WHERE later = 1)
BEGIN
    INSERT OR IGNORE INTO notes_later (document_id)
    SELECT NEW.document_id WHERE NEW.document_id IS NOT NULL;
END;

CREATE TRIGGER review_refresh_later INSTEAD OF INSERT ON review_refresh
WHEN EXISTS (SELECT 1 FROM writer WHERE later IS NOT NULL)
BEGIN
    INSERT OR IGNORE INTO reviews_later (document_id)
    SELECT NEW.document_id WHERE NEW.document_id IS NOT NULL;
END;

-- First pages that were a scan and a sort: pages that failed, the latest documents.
CREATE INDEX pages_by_outcome ON pages (outcome, document_id, number)
 WHERE outcome = 'failed' OR outcome = 'warned';
CREATE INDEX documents_by_receipt ON documents (received_at);

-- Who counts in a meeting is told without reading its rows.
DROP INDEX delegates_by_document;
CREATE INDEX delegates_by_document ON delegates (document_id, seq, id, current, status);
CREATE INDEX documents_of_meeting_to_review ON documents (meeting)
 WHERE needs_review = 1 AND outcome = 'processed';
