-- What the review page needs: which replies a person has confirmed as a whole, and which wait.

CREATE TABLE reviews (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);

-- Replies that wait for a person, kept by triggers: to sort all delegates for every look at the
-- queue would take a second with 300,000 of them.
CREATE TABLE review_waiting (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    meeting TEXT NOT NULL,               -- '' if unknown
    confidence REAL NOT NULL,            -- of the least trusted delegate that waits
    delegates INTEGER NOT NULL           -- how many wait; 0: nobody is named, and that is the question
);
CREATE INDEX review_waiting_order ON review_waiting (meeting, confidence, document_id, delegates);

-- A procedure: INSERT INTO review_refresh VALUES (document) computes the document's row again.
CREATE VIEW review_refresh AS SELECT NULL AS document_id;

CREATE TRIGGER review_refresh_insert INSTEAD OF INSERT ON review_refresh
BEGIN
    DELETE FROM review_waiting WHERE document_id = NEW.document_id;
    INSERT INTO review_waiting (document_id, meeting, confidence, delegates)
    SELECT n.id, coalesce(n.meeting, ''),
           CASE WHEN d.open > 0 THEN d.lowest
                WHEN n.doubts = '[]' AND n.kind NOT IN ('nomination', 'revision') THEN 0.95
                ELSE 0.0 END,
           d.open
      FROM documents AS n,
           (SELECT count(*) AS total, total(waits) AS open,
                   min(CASE WHEN waits THEN confidence END) AS lowest
              FROM (SELECT confidence,
                           current = 1 AND (status IN ('new', 'needs_review')
                               OR instr(reasons, '"reading_changed"') > 0) AS waits
                      FROM delegates WHERE document_id = NEW.document_id)) AS d
     WHERE n.id = NEW.document_id AND n.outcome = 'processed'
       AND (d.open > 0 OR (d.total = 0 AND NOT EXISTS
                           (SELECT 1 FROM reviews WHERE document_id = NEW.document_id)));
END;

CREATE TRIGGER review_delegate_added AFTER INSERT ON delegates
BEGIN
    INSERT INTO review_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER review_delegate_changed
AFTER UPDATE OF document_id, confidence, status, current, reasons ON delegates
BEGIN
    INSERT INTO review_refresh VALUES (OLD.document_id);
    INSERT INTO review_refresh SELECT NEW.document_id WHERE NEW.document_id <> OLD.document_id;
END;

CREATE TRIGGER review_delegate_gone AFTER DELETE ON delegates
BEGIN
    INSERT INTO review_refresh VALUES (OLD.document_id);
END;

CREATE TRIGGER review_document_changed AFTER UPDATE OF outcome, meeting, kind, doubts ON documents
BEGIN
    INSERT INTO review_refresh VALUES (NEW.id);
END;

CREATE TRIGGER review_confirmed AFTER INSERT ON reviews
BEGIN
    INSERT INTO review_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER review_taken_back AFTER DELETE ON reviews
BEGIN
    INSERT INTO review_refresh VALUES (OLD.document_id);
END;

INSERT INTO review_refresh SELECT id FROM documents WHERE outcome = 'processed';
