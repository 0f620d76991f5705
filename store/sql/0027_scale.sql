-- Documents that show too little of a note are looked at once a run: whether one came to which they
-- belong. They are found without reading the others.
CREATE INDEX documents_perhaps ON documents (id)
 WHERE instr(doubts, '"note_uncertain"') > 0 AND part_of IS NULL;

-- Which rows of a State people approved, found without reading all of its documents.
CREATE TABLE known_rows (
    state TEXT NOT NULL,
    delegate_id INTEGER NOT NULL REFERENCES delegates (id) ON DELETE CASCADE,
    PRIMARY KEY (state, delegate_id)
) WITHOUT ROWID;
CREATE INDEX known_rows_by_delegate ON known_rows (delegate_id);

INSERT INTO known_rows (state, delegate_id)
SELECT n.state, d.id FROM delegates AS d JOIN documents AS n ON n.id = d.document_id
 WHERE d.status IN ('approved', 'corrected') AND n.state IS NOT NULL;

CREATE TRIGGER known_row_added AFTER INSERT ON delegates
WHEN NEW.status IN ('approved', 'corrected')
BEGIN
    INSERT OR IGNORE INTO known_rows (state, delegate_id)
    SELECT state, NEW.id FROM documents WHERE id = NEW.document_id AND state IS NOT NULL;
END;

CREATE TRIGGER known_row_decided AFTER UPDATE OF status, document_id ON delegates
WHEN NEW.status IN ('approved', 'corrected') OR OLD.status IN ('approved', 'corrected')
BEGIN
    DELETE FROM known_rows WHERE delegate_id = NEW.id;
    INSERT OR IGNORE INTO known_rows (state, delegate_id)
    SELECT state, NEW.id FROM documents
     WHERE id = NEW.document_id AND state IS NOT NULL AND NEW.status IN ('approved', 'corrected');
END;

CREATE TRIGGER known_rows_of_another_state AFTER UPDATE OF state ON documents
WHEN NEW.state IS NOT OLD.state
BEGIN
    DELETE FROM known_rows
     WHERE delegate_id IN (SELECT id FROM delegates WHERE document_id = NEW.id);
    INSERT OR IGNORE INTO known_rows (state, delegate_id)
    SELECT NEW.state, id FROM delegates
     WHERE document_id = NEW.id AND status IN ('approved', 'corrected') AND NEW.state IS NOT NULL;
END;
