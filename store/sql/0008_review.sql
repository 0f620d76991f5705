-- What a reviewer needs who has no other tool than sqlite-utils.

-- Whose edits these are: UPDATE reviewer SET name = 'A. Otieno'. Empty: 'command line'.
CREATE TABLE reviewer (name TEXT NOT NULL CHECK (length(name) <= 200));
INSERT INTO reviewer (name) VALUES ('');

CREATE TRIGGER reviewer_is_one BEFORE INSERT ON reviewer
WHEN EXISTS (SELECT 1 FROM reviewer)
BEGIN
    SELECT RAISE(ABORT, 'there is one name: update reviewer set name = ...');
END;

CREATE TRIGGER reviewer_stays BEFORE DELETE ON reviewer
BEGIN
    SELECT RAISE(ABORT, 'the name is emptied, not deleted: update reviewer set name = ''''');
END;

-- Reason codes in words; filled from store/reasons.py.
CREATE TABLE reason_words (code TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;

-- The deadline of the meeting a row belongs to, so that the queue is an index and no sort.
ALTER TABLE delegates ADD COLUMN due TEXT;

-- 1: a person has looked at a document that names nobody, or could not be read.
ALTER TABLE documents ADD COLUMN seen INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1));

CREATE TRIGGER due_delegate_added AFTER INSERT ON delegates
BEGIN
    UPDATE delegates
       SET due = (SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting
                   WHERE n.id = NEW.document_id)
     WHERE id = NEW.id;
END;

CREATE TRIGGER due_delegate_moved AFTER UPDATE OF document_id ON delegates
WHEN NEW.document_id IS NOT OLD.document_id
BEGIN
    UPDATE delegates
       SET due = (SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting
                   WHERE n.id = NEW.document_id)
     WHERE id = NEW.id;
END;

CREATE TRIGGER due_document_matched AFTER UPDATE OF meeting ON documents
WHEN NEW.meeting IS NOT OLD.meeting
BEGIN
    UPDATE delegates
       SET due = (SELECT m.deadline FROM meetings AS m WHERE m.reference = NEW.meeting)
     WHERE document_id = NEW.id;
END;

CREATE TRIGGER due_meeting_changed AFTER UPDATE OF deadline, reference ON meetings
WHEN NEW.deadline IS NOT OLD.deadline OR NEW.reference IS NOT OLD.reference
BEGIN
    UPDATE delegates SET due = NEW.deadline
     WHERE document_id IN (SELECT id FROM documents WHERE meeting = NEW.reference);
END;

UPDATE delegates
   SET due = (SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting
               WHERE n.id = delegates.document_id);

CREATE INDEX delegates_to_review ON delegates
    (CAST(confidence * 10 AS INTEGER), due IS NULL, due, confidence, document_id, seq, id)
 WHERE current = 1
   AND (status = 'needs_review' OR instr(reasons, '"reading_changed"') > 0);
CREATE INDEX documents_to_see ON documents (id)
 WHERE seen = 0 AND (outcome = 'failed' OR (outcome = 'processed' AND doubts <> '[]'));

-- What to look at next. The least trusted first, in steps of a tenth; within a step the nearest
-- deadline. Also approved and corrected rows that a newer reading disagrees with.
CREATE VIEW review_queue AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       n.state AS state,
       n.meeting AS meeting,
       d.due AS deadline,
       d.name AS name,
       d.title AS title,
       d.email AS email,
       d.confidence AS confidence,
       d.status AS status,
       (SELECT group_concat(coalesce(w.words, replace(r.value, '_', ' ')), '; ')
          FROM json_each(d.reasons) AS r LEFT JOIN reason_words AS w ON w.code = r.value) AS why
  FROM delegates AS d
 CROSS JOIN documents AS n ON n.id = d.document_id
 WHERE d.current = 1
   AND (d.status = 'needs_review' OR instr(d.reasons, '"reading_changed"') > 0)
 ORDER BY CAST(d.confidence * 10 AS INTEGER), d.due IS NULL, d.due, d.confidence, d.document_id,
          d.seq, d.id;

-- Documents without a row in the queue that a person should see: nobody was found in them though
-- something is doubtful, or they could not be read. UPDATE documents SET seen = 1 ends it.
CREATE VIEW review_documents AS
SELECT n.id AS document_id,
       n.filename AS filename,
       n.outcome AS outcome,
       n.kind AS kind,
       n.state AS state,
       n.meeting AS meeting,
       m.deadline AS deadline,
       n.received_at AS received_at,
       CASE WHEN n.outcome = 'failed'
            THEN (SELECT coalesce(max(w.words), replace(n.reason, '_', ' ')) FROM reason_words AS w
                   WHERE w.code = n.reason)
            ELSE (SELECT group_concat(coalesce(w.words, replace(x.code, '_', ' ')), '; ')
                    FROM (SELECT DISTINCT json_extract(value, '$.code') AS code
                            FROM json_each(n.doubts)) AS x
                    LEFT JOIN reason_words AS w ON w.code = x.code) END AS why
  FROM documents AS n INDEXED BY documents_to_see
  LEFT JOIN meetings AS m ON m.reference = n.meeting
 WHERE n.seen = 0 AND (n.outcome = 'failed' OR (n.outcome = 'processed' AND n.doubts <> '[]'))
   AND NOT EXISTS (SELECT 1 FROM delegates AS d WHERE d.document_id = n.id)
 ORDER BY n.id;

-- What the reading doubts, one row a doubt and delegate: of the row itself, and of its note.
-- settled: a person has written the field since. Two views and not one: SQLite looks a row of a
-- UNION up only by a constant, and the triggers below ask for one delegate after another.
CREATE VIEW doubts_of_rows AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       nullif(json_extract(x.value, '$.detail'), '') AS detail,
       EXISTS (SELECT 1 FROM corrections AS c
                WHERE c.table_name = 'delegates' AND c.row_id = d.id AND c.action = 'update'
                  AND c.field = json_extract(x.value, '$.field')) AS settled
  FROM delegates AS d
 CROSS JOIN json_each(d.doubts) AS x;

CREATE VIEW doubts_of_notes AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       nullif(json_extract(x.value, '$.detail'), '') AS detail,
       EXISTS (SELECT 1 FROM corrections AS c
                WHERE c.table_name = 'documents' AND c.row_id = n.id AND c.action = 'update'
                  AND c.field = json_extract(x.value, '$.field')) AS settled
  FROM delegates AS d
 CROSS JOIN documents AS n ON n.id = d.document_id
 CROSS JOIN json_each(n.doubts) AS x;

-- Both, for people.
CREATE VIEW doubts_list AS
SELECT * FROM doubts_of_rows UNION ALL SELECT * FROM doubts_of_notes;

-- Why a person should look, one row a reason, with the field it is about.
CREATE VIEW reasons_list AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       d.name AS name,
       r.value AS reason,
       coalesce(w.words, replace(r.value, '_', ' ')) AS words,
       coalesce((SELECT group_concat(DISTINCT x.field) FROM doubts_of_rows AS x
                  WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0),
                (SELECT group_concat(DISTINCT x.field) FROM doubts_of_notes AS x
                  WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0)) AS field,
       coalesce((SELECT group_concat(DISTINCT x.detail) FROM doubts_of_rows AS x
                  WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0),
                (SELECT group_concat(DISTINCT x.detail) FROM doubts_of_notes AS x
                  WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0)) AS detail
  FROM delegates AS d
 CROSS JOIN json_each(d.reasons) AS r
  LEFT JOIN reason_words AS w ON w.code = r.value
 ORDER BY d.id;

-- A reason that comes from doubts alone goes when all of them are settled.
CREATE VIEW settled_reasons AS
SELECT d.id AS delegate_id, r.value AS reason
  FROM delegates AS d
 CROSS JOIN json_each(d.reasons) AS r
 WHERE (EXISTS (SELECT 1 FROM doubts_of_rows AS x WHERE x.delegate_id = d.id AND x.code = r.value)
        OR EXISTS (SELECT 1 FROM doubts_of_notes AS x
                    WHERE x.delegate_id = d.id AND x.code = r.value))
   AND NOT EXISTS (SELECT 1 FROM doubts_of_rows AS x
                    WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0)
   AND NOT EXISTS (SELECT 1 FROM doubts_of_notes AS x
                    WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0);

-- An edit of the note settles its doubts in each of its rows at once. What it means for other
-- notes (table stale) is worked out when the program next opens the database.
CREATE TRIGGER documents_doubts_settled AFTER INSERT ON corrections
WHEN NEW.table_name = 'documents' AND NEW.action = 'update'
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates
       SET reasons = (SELECT json_group_array(r.value) FROM json_each(delegates.reasons) AS r
                       WHERE NOT (r.value = 'meeting_unknown' AND NEW.field = 'meeting')
                         AND r.value NOT IN (SELECT s.reason FROM settled_reasons AS s
                                              WHERE s.delegate_id = delegates.id))
     WHERE document_id = NEW.row_id AND reasons <> '[]';
    UPDATE delegates SET status = 'new'
     WHERE document_id = NEW.row_id AND status = 'needs_review' AND reasons = '[]'
       AND NOT EXISTS (SELECT 1 FROM corrections AS c
                        WHERE c.table_name = 'delegates' AND c.row_id = delegates.id
                          AND c.field = 'status');
    UPDATE delegates SET current = 0
     WHERE document_id = NEW.row_id AND NEW.field = 'outcome'
       AND NEW.new NOT IN ('processed', 'pending', 'failed')
       AND NOT EXISTS (SELECT 1 FROM corrections AS c
                        WHERE c.table_name = 'delegates' AND c.row_id = delegates.id
                          AND c.field = 'current');
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

CREATE INDEX delegates_changed ON delegates (id) WHERE instr(reasons, '"reading_changed"') > 0;

-- What today's reading says about rows that a person has approved or corrected, field by field;
-- a row that is not in the reading any more has one line without a field.
CREATE VIEW disagreements_list AS
SELECT delegate_id, document_id, state, name, status, field, kept, read
  FROM (SELECT d.id AS delegate_id,
               d.document_id AS document_id,
               n.state AS state,
               d.name AS name,
               d.status AS status,
               f.value AS field,
               CASE f.value WHEN 'honorific' THEN d.honorific WHEN 'title' THEN d.title
                    WHEN 'organization' THEN d.organization WHEN 'email' THEN d.email
                    WHEN 'phone' THEN d.phone WHEN 'role' THEN d.role ELSE d.name END AS kept,
               (SELECT CASE f.value WHEN 'email' THEN lower(json_extract(p.value, '$.email[0]'))
                            ELSE json_extract(p.value, '$.' || f.value || '[0]') END
                  FROM readings AS g, json_each(g.note, '$.delegates') AS p
                 WHERE g.document_id = d.document_id
                   AND json_extract(p.value, '$.seq') = d.read_seq) AS read
          FROM delegates AS d INDEXED BY delegates_changed
         CROSS JOIN documents AS n ON n.id = d.document_id
         CROSS JOIN json_each(
               '["honorific","name","title","organization","email","phone","role",null]') AS f
         WHERE instr(d.reasons, '"reading_changed"') > 0
           AND (f.value IS NULL) = (d.read_seq IS NULL)
         ORDER BY d.id)
 WHERE kept IS NOT read;

CREATE TRIGGER documents_seen AFTER UPDATE OF seen ON documents
WHEN NEW.seen IS NOT OLD.seen
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    VALUES ('documents', NEW.id, NEW.id, 'update', 'seen', OLD.seen, NEW.seen,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
