-- Whether a person should look at a note itself, and why; and which notes came twice.

DROP VIEW review_documents;
DROP VIEW review_queue;
DROP VIEW documents_list;
DROP VIEW coverage;
DROP TRIGGER documents_seen;
DROP TRIGGER review_document_changed;
DROP TRIGGER review_refresh_insert;
DROP INDEX documents_to_see;

ALTER TABLE documents ADD COLUMN needs_review INTEGER NOT NULL DEFAULT 0
    CHECK (needs_review IN (0, 1));
ALTER TABLE documents ADD COLUMN urgency INTEGER NOT NULL DEFAULT 9;  -- 0: look at this one first
ALTER TABLE documents ADD COLUMN looks TEXT NOT NULL DEFAULT '[]';  -- JSON list of [code, detail]
ALTER TABLE documents ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';  -- JSON list of codes; computed
ALTER TABLE documents ADD COLUMN open_reasons TEXT NOT NULL DEFAULT '[]';  -- those nobody has settled
ALTER TABLE documents ADD COLUMN settled TEXT NOT NULL DEFAULT '[]';  -- some of looks, by a person
-- JSON list of codes that follow from other notes; computed by store/regroup.py
ALTER TABLE documents ADD COLUMN beside TEXT NOT NULL DEFAULT '[]';
-- The note that this one is another scan of; computed by store/copies.py, or written by a person
ALTER TABLE documents ADD COLUMN same_as INTEGER REFERENCES documents (id) ON DELETE SET NULL;
CREATE INDEX documents_to_review ON documents (urgency, id, meeting) WHERE needs_review = 1;
CREATE INDEX documents_by_first ON documents (same_as) WHERE same_as IS NOT NULL;

-- A procedure: INSERT INTO note_refresh VALUES (document) computes why a person should look at the
-- note: what the reading doubts and nobody has written since, what is missing, pages that were not
-- or hardly read, and what other notes say. Of a rejected document only its pages count: on a page
-- that was hard to read nobody saw a note. Of a note that came again the first one asks; of the
-- other only what the first one may not have.
CREATE VIEW note_refresh AS SELECT NULL AS document_id;

CREATE TRIGGER note_refresh_insert INSTEAD OF INSERT ON note_refresh
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents
       SET looks = (SELECT json_group_array(json_array(code, detail)) FROM (
        SELECT json_extract(x.value, '$.code') AS code,
               coalesce(json_extract(x.value, '$.detail'), '') AS detail
          FROM documents AS n
         CROSS JOIN json_each(n.doubts) AS x
         WHERE n.id = NEW.document_id AND n.outcome IN ('processed', 'pending')
           AND CASE json_extract(x.value, '$.code')
               WHEN 'no_delegate_found' THEN 0  -- these two follow from the rows as they stand
               WHEN 'state_missing' THEN 0
               WHEN 'announced_number_differs'
               THEN n.announced IS NOT (SELECT count(*) FROM delegates AS d
                                          JOIN documents AS a ON a.id = d.document_id
                                         WHERE (a.id = n.id OR a.part_of = n.id)
                                           AND d.status <> 'rejected')
               WHEN 'address_without_person'
               THEN NOT EXISTS (SELECT 1 FROM delegates AS d
                                 WHERE d.document_id = n.id AND d.status <> 'rejected'
                                   AND d.email = lower(json_extract(x.value, '$.detail')))
               ELSE 1 END
           AND NOT EXISTS (SELECT 1 FROM corrections AS c
                            WHERE c.table_name = 'documents' AND c.row_id = n.id
                              AND c.action = 'update'
                              AND c.field = coalesce(json_extract(x.value, '$.field'),
                                  CASE WHEN json_extract(x.value, '$.code')
                                            IN ('kind_uncertain', 'names_in_declining_note')
                                       THEN 'kind' END))
        UNION
        SELECT 'no_delegate_found', ''
          FROM documents AS n
         WHERE n.id = NEW.document_id AND n.outcome = 'processed'
           AND n.kind IN ('nomination', 'revision')
           AND NOT EXISTS (SELECT 1 FROM delegates AS d JOIN documents AS a ON a.id = d.document_id
                            WHERE (a.id = n.id OR a.part_of = n.id) AND d.status <> 'rejected')
        UNION
        SELECT 'state_missing', ''
          FROM documents AS n
         WHERE n.id = NEW.document_id AND n.outcome = 'processed' AND n.state IS NULL
           AND NOT EXISTS (SELECT 1 FROM corrections AS c WHERE c.table_name = 'documents'
                              AND c.row_id = n.id AND c.field = 'state')
        UNION
        SELECT 'meeting_unknown', ''
          FROM documents AS n
         WHERE n.id = NEW.document_id AND n.outcome = 'processed' AND n.meeting IS NULL
           AND EXISTS (SELECT 1 FROM meetings)
           AND NOT EXISTS (SELECT 1 FROM corrections AS c WHERE c.table_name = 'documents'
                              AND c.row_id = n.id AND c.field = 'meeting')
        UNION
        SELECT CASE p.outcome WHEN 'failed' THEN 'page_unread'
                              ELSE coalesce(p.reason, 'low_ocr') END,
               'page ' || p.number
          FROM documents AS n
         CROSS JOIN pages AS p ON p.document_id = n.id
         WHERE n.id = NEW.document_id
           AND p.outcome <> 'read'
           -- the back of a sheet is no doubt, nor is an icon
           AND coalesce(p.reason, '') NOT IN ('blank', 'too_small')
           AND (n.outcome IN ('processed', 'pending')
                OR (n.outcome = 'rejected' AND n.reason = 'not_a_note_verbale'
                    AND NOT EXISTS (SELECT 1 FROM corrections AS c
                                     WHERE c.table_name = 'documents' AND c.row_id = n.id
                                       AND c.field = 'outcome')))
        UNION
        SELECT coalesce(n.reason, 'unreadable'), ''
          FROM documents AS n
         WHERE n.id = NEW.document_id AND n.outcome = 'failed'
        UNION
        SELECT b.value, ''
          FROM documents AS n
         CROSS JOIN json_each(n.beside) AS b
         WHERE n.id = NEW.document_id AND n.outcome IN ('processed', 'pending')
        -- another list of codes in a column of documents joins like this last one
       ) WHERE (SELECT forgotten_at FROM documents WHERE id = NEW.document_id) IS NULL)
     WHERE id = NEW.document_id;
    UPDATE documents
       SET (reasons, open_reasons, urgency) =
           (SELECT json_group_array(DISTINCT r.code),
                   json_group_array(DISTINCT r.code) FILTER (WHERE r.open),
                   coalesce(min(r.urgency) FILTER (WHERE r.open), 9)
              FROM (SELECT x.code, x.open,
                           CASE WHEN x.code = 'no_delegate_found' THEN 0
                                WHEN documents.outcome = 'failed' OR x.code IN
                                     ('page_unread', 'unread_print', 'address_without_person',
                                      'row_without_name', 'post_without_person',
                                      'copies_differ', 'copy_reads_otherwise',
                                      'announced_number_differs', 'names_in_declining_note',
                                      'kind_uncertain', 'replaced_person_not_found') THEN 1
                                ELSE 2 END AS urgency
                      FROM note_reasons AS x
                     WHERE x.document_id = NEW.document_id
                     ORDER BY 3, 1) AS r)
     WHERE id = NEW.document_id;
    UPDATE documents SET needs_review = open_reasons <> '[]'
     WHERE id = NEW.document_id AND needs_review <> (open_reasons <> '[]');
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

-- Why a person should look at a note, one row a reason; open: nobody has settled it.
CREATE VIEW note_reasons AS
SELECT n.id AS document_id,
       json_extract(x.value, '$[0]') AS code,
       json_extract(x.value, '$[1]') AS detail,
       json_extract(x.value, '$[0]') <> 'same_note_again'
       AND (n.same_as IS NULL OR json_extract(x.value, '$[0]')
                                 IN ('page_unread', 'copies_differ', 'copy_reads_otherwise'))
       AND NOT EXISTS (SELECT 1 FROM json_each(n.settled) AS s WHERE s.value = x.value) AS open
  FROM documents AS n
 CROSS JOIN json_each(n.looks) AS x;

CREATE TRIGGER note_document_changed
AFTER UPDATE OF outcome, reason, kind, state, meeting, announced, doubts, beside, settled, same_as,
                part_of, forgotten_at ON documents
BEGIN
    INSERT INTO note_refresh VALUES (NEW.id);
    -- persons of an annex are persons of its note
    INSERT INTO note_refresh SELECT id FROM documents
     WHERE id IN (OLD.part_of, NEW.part_of) AND OLD.part_of IS NOT NEW.part_of;
END;

CREATE TRIGGER note_document_added AFTER INSERT ON documents
WHEN NEW.outcome IN ('failed', 'processed')
BEGIN
    INSERT INTO note_refresh VALUES (NEW.id);
END;

CREATE TRIGGER note_field_written AFTER INSERT ON corrections
WHEN NEW.table_name = 'documents' AND NEW.action = 'update'
BEGIN
    INSERT INTO note_refresh VALUES (NEW.row_id);
END;

CREATE TRIGGER note_delegate_added AFTER INSERT ON delegates
BEGIN
    INSERT INTO note_refresh VALUES (NEW.document_id);
    INSERT INTO note_refresh SELECT part_of FROM documents
     WHERE id = NEW.document_id AND part_of IS NOT NULL;
END;

CREATE TRIGGER note_delegate_changed AFTER UPDATE OF document_id, status, email ON delegates
WHEN NEW.document_id <> OLD.document_id OR NEW.email IS NOT OLD.email
  OR (NEW.status = 'rejected') <> (OLD.status = 'rejected')
BEGIN
    INSERT INTO note_refresh VALUES (OLD.document_id);
    INSERT INTO note_refresh SELECT NEW.document_id WHERE NEW.document_id <> OLD.document_id;
    INSERT INTO note_refresh SELECT part_of FROM documents
     WHERE id IN (OLD.document_id, NEW.document_id) AND part_of IS NOT NULL;
END;

CREATE TRIGGER note_delegate_gone AFTER DELETE ON delegates
BEGIN
    INSERT INTO note_refresh VALUES (OLD.document_id);
    INSERT INTO note_refresh SELECT part_of FROM documents
     WHERE id = OLD.document_id AND part_of IS NOT NULL;
END;

CREATE TRIGGER note_page_added AFTER INSERT ON pages WHEN NEW.outcome <> 'read'
BEGIN
    INSERT INTO note_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER note_page_changed AFTER UPDATE OF outcome, reason ON pages
BEGIN
    INSERT INTO note_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER note_page_gone AFTER DELETE ON pages WHEN OLD.outcome <> 'read'
BEGIN
    INSERT INTO note_refresh VALUES (OLD.document_id);
END;

-- From the first meeting on, a note without one is a reason to look; after the last, no more.
CREATE TRIGGER note_first_meeting AFTER INSERT ON meetings
WHEN (SELECT count(*) FROM meetings) = 1
BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM documents
     WHERE meeting IS NULL AND outcome = 'processed';
    INSERT INTO note_refresh SELECT id FROM documents
     WHERE meeting IS NULL AND outcome = 'processed';
END;

CREATE TRIGGER note_last_meeting AFTER DELETE ON meetings
WHEN NOT EXISTS (SELECT 1 FROM meetings)
BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM documents
     WHERE meeting IS NULL AND outcome = 'processed';
    INSERT INTO note_refresh SELECT id FROM documents
     WHERE meeting IS NULL AND outcome = 'processed';
END;

CREATE TRIGGER documents_check_review BEFORE UPDATE ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'reasons cannot be edited; what was looked at has needs_review = 0')
     WHERE NEW.reasons IS NOT OLD.reasons OR NEW.open_reasons IS NOT OLD.open_reasons
        OR NEW.beside IS NOT OLD.beside OR NEW.urgency IS NOT OLD.urgency
        OR NEW.looks IS NOT OLD.looks;
    SELECT RAISE(ABORT, 'needs_review must be 0 or 1') WHERE NEW.needs_review IS NULL
        OR NEW.needs_review NOT IN (0, 1);
    SELECT RAISE(ABORT, 'needs_review: nothing is doubtful about this note')
     WHERE NEW.needs_review = 1 AND OLD.needs_review = 0
       AND NOT EXISTS (SELECT 1 FROM json_each(OLD.reasons) WHERE value <> 'same_note_again');
    SELECT RAISE(ABORT, 'same_as must be the document_id of another document, or null')
     WHERE NEW.same_as IS NOT OLD.same_as AND NEW.same_as IS NOT NULL
       AND (NEW.same_as = NEW.id OR NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.same_as));
END;

-- A person has looked: what is doubtful now is settled, and a new doubt will ask again. 1 takes
-- that back.
CREATE TRIGGER documents_settled AFTER UPDATE OF needs_review ON documents
WHEN NEW.needs_review IS NOT OLD.needs_review
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents
       SET settled = CASE NEW.needs_review WHEN 1 THEN '[]' ELSE
           (SELECT json_group_array(json(k.value))
              FROM (SELECT value FROM json_each(NEW.looks)
                    UNION SELECT value FROM json_each(NEW.settled)) AS k) END
     WHERE id = NEW.id;
    DELETE FROM reviews WHERE document_id = NEW.id AND NEW.needs_review = 1;
    INSERT OR REPLACE INTO reviews (document_id, who, at)
    SELECT NEW.id,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
     WHERE NEW.needs_review = 0;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    VALUES ('documents', NEW.id, NEW.id, 'update', 'needs_review', OLD.needs_review,
           NEW.needs_review,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

-- The same, taken back by the review page: it puts the old list in place.
CREATE TRIGGER documents_settled_again AFTER UPDATE OF settled ON documents
WHEN NEW.settled IS NOT OLD.settled
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO note_refresh VALUES (NEW.id);
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    SELECT 'documents', NEW.id, NEW.id, 'update', 'needs_review', OLD.needs_review, n.needs_review,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM documents AS n WHERE n.id = NEW.id AND n.needs_review IS NOT OLD.needs_review;
END;

CREATE TRIGGER documents_same_as AFTER UPDATE OF same_as ON documents
WHEN NEW.same_as IS NOT OLD.same_as
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    VALUES ('documents', NEW.id, NEW.id, 'update', 'same_as', OLD.same_as, NEW.same_as,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
    INSERT OR IGNORE INTO stale (document_id)
    SELECT id FROM documents WHERE id IN (NEW.id, OLD.same_as, NEW.same_as);
END;

-- Nobody found comes before everything; a note that is doubtful itself waits whatever its rows say.
CREATE TRIGGER review_refresh_insert INSTEAD OF INSERT ON review_refresh
BEGIN
    DELETE FROM review_waiting WHERE document_id = NEW.document_id;
    INSERT INTO review_waiting (document_id, meeting, confidence, delegates)
    SELECT n.id, coalesce(n.meeting, ''),
           CASE WHEN n.needs_review = 1 AND n.urgency = 0 THEN -1.0
                WHEN d.open > 0 THEN d.lowest
                WHEN n.needs_review = 1 THEN 0.0
                ELSE 0.95 END,
           d.open
      FROM documents AS n,
           (SELECT count(*) AS total, total(waits) AS open,
                   min(CASE WHEN waits THEN confidence END) AS lowest
              FROM (SELECT confidence,
                           current = 1 AND (status IN ('new', 'needs_review')
                               OR instr(reasons, '"reading_changed"') > 0) AS waits
                      FROM delegates WHERE document_id = NEW.document_id)) AS d
     WHERE n.id = NEW.document_id AND n.outcome = 'processed'
       AND (d.open > 0 OR n.needs_review = 1
            OR (d.total = 0 AND n.same_as IS NULL AND NOT EXISTS
                (SELECT 1 FROM reviews WHERE document_id = NEW.document_id)
                AND NOT EXISTS (SELECT 1 FROM delegates AS d JOIN documents AS a
                                    ON a.id = d.document_id WHERE a.part_of = n.id)));
END;

CREATE TRIGGER review_document_changed
AFTER UPDATE OF outcome, meeting, kind, needs_review, urgency, same_as ON documents
BEGIN
    INSERT INTO review_refresh VALUES (NEW.id);
END;

-- late: a note that came twice came when it came first.
CREATE VIEW documents_list AS
SELECT n.id AS document_id,
       n.filename AS filename,
       n.sha256 AS sha256,
       n.media_type AS media_type,
       n.pages AS pages,
       m.message_id AS message_id,
       m.from_address AS from_address,
       m.subject AS subject,
       n.received_at AS received_at,
       n.outcome AS outcome,
       n.reason AS reason,
       n.language AS language,
       n.state AS state,
       n.meeting AS meeting,
       n.note_reference AS note_reference,
       n.note_date AS note_date,
       n.kind AS kind,
       coalesce(min(f.received_at, n.received_at), n.received_at, f.received_at)
           >= i.deadline_ends AS late,
       n.supersedes AS supersedes,
       n.needs_review AS needs_review,
       n.reasons AS reasons
  FROM documents AS n
  LEFT JOIN messages AS m ON m.id = n.message
  LEFT JOIN meetings AS i ON i.reference = n.meeting
  LEFT JOIN documents AS f ON f.id = n.same_as
 ORDER BY n.id;

CREATE TRIGGER documents_list_update INSTEAD OF UPDATE ON documents_list
BEGIN
    SELECT RAISE(ABORT, 'document_id cannot be edited')
     WHERE NEW.document_id IS NOT OLD.document_id;
    SELECT RAISE(ABORT, 'filename cannot be edited')
     WHERE NEW.filename IS NOT OLD.filename;
    SELECT RAISE(ABORT, 'sha256 cannot be edited')
     WHERE NEW.sha256 IS NOT OLD.sha256;
    SELECT RAISE(ABORT, 'media_type cannot be edited')
     WHERE NEW.media_type IS NOT OLD.media_type;
    SELECT RAISE(ABORT, 'pages cannot be edited')
     WHERE NEW.pages IS NOT OLD.pages;
    SELECT RAISE(ABORT, 'message_id cannot be edited')
     WHERE NEW.message_id IS NOT OLD.message_id;
    SELECT RAISE(ABORT, 'from_address cannot be edited')
     WHERE NEW.from_address IS NOT OLD.from_address;
    SELECT RAISE(ABORT, 'subject cannot be edited')
     WHERE NEW.subject IS NOT OLD.subject;
    SELECT RAISE(ABORT, 'received_at cannot be edited')
     WHERE NEW.received_at IS NOT OLD.received_at;
    SELECT RAISE(ABORT, 'late cannot be edited')
     WHERE NEW.late IS NOT OLD.late;
    SELECT RAISE(ABORT, 'reasons cannot be edited; what was looked at has needs_review = 0')
     WHERE NEW.reasons IS NOT OLD.reasons;
    UPDATE documents
       SET outcome = NEW.outcome, reason = NEW.reason, language = NEW.language,
           state = NEW.state, meeting = NEW.meeting, note_reference = NEW.note_reference,
           note_date = NEW.note_date, kind = NEW.kind, supersedes = NEW.supersedes,
           needs_review = NEW.needs_review
     WHERE id = OLD.document_id;
END;

CREATE TRIGGER documents_list_insert INSTEAD OF INSERT ON documents_list
BEGIN
    SELECT RAISE(ABORT, 'documents are added with: noteverbale process FILE');
END;

CREATE TRIGGER documents_list_delete INSTEAD OF DELETE ON documents_list
BEGIN
    SELECT RAISE(ABORT, 'a document is not deleted; set its outcome to rejected or duplicate');
END;

-- A State counts as answered when any note of it for the meeting was read, whatever it says;
-- late tells about its first answer. What needs review are rows, and notes themselves.
CREATE VIEW coverage AS
SELECT m.reference AS meeting,
       s.iso3 AS state,
       s.name_en AS state_name,
       EXISTS (SELECT 1 FROM documents AS n
                WHERE n.meeting = m.reference AND n.state = s.iso3
                  AND n.outcome = 'processed') AS answered,
       coalesce((SELECT min(n.received_at) FROM documents AS n
                  WHERE n.meeting = m.reference AND n.state = s.iso3
                    AND n.outcome = 'processed') >= m.deadline_ends, 0) AS late,
       (SELECT count(*) FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id
         WHERE n.meeting = m.reference AND n.state = s.iso3
           AND d.current = 1 AND d.status <> 'rejected') AS delegates,
       (SELECT count(*) FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id
         WHERE n.meeting = m.reference AND n.state = s.iso3
           AND d.current = 1 AND +d.status = 'needs_review')
       + (SELECT count(*) FROM documents AS n
           WHERE n.meeting = m.reference AND n.state = s.iso3
             AND +n.needs_review = 1) AS needs_review,
       (SELECT max(coalesce(n.received_at, n.note_date)) FROM documents AS n
         WHERE n.meeting = m.reference AND n.state = s.iso3
           AND n.outcome = 'processed') AS last_note_at
  FROM meetings AS m
 CROSS JOIN states AS s
 WHERE s.party = 1
   AND (s.party_since IS NULL
        OR s.party_since <= coalesce(m.starts, m.deadline, m.issued, '9999-12-31'))
 ORDER BY m.reference, s.name_en;

-- What to look at next. First notes of which no row waits: nobody was found, a page could not be
-- read, a fact is doubtful; these have no delegate_id. Then rows, the least trusted first, in steps
-- of a tenth; within a step the nearest deadline. Also approved and corrected rows that a newer
-- reading disagrees with.
CREATE VIEW review_queue AS
SELECT * FROM (
    SELECT NULL AS delegate_id,
           n.id AS document_id,
           n.state AS state,
           n.meeting AS meeting,
           (SELECT m.deadline FROM meetings AS m WHERE m.reference = n.meeting) AS deadline,
           NULL AS name,
           NULL AS title,
           NULL AS email,
           NULL AS confidence,
           'needs_review' AS status,
           (SELECT group_concat(coalesce(w.words, replace(r.value, '_', ' ')), '; ')
              FROM json_each(n.open_reasons) AS r
              LEFT JOIN reason_words AS w ON w.code = r.value) AS why,
           n.filename AS filename
      FROM documents AS n INDEXED BY documents_to_review
     WHERE n.needs_review = 1
       AND NOT EXISTS (SELECT 1 FROM delegates AS d
                        WHERE d.document_id = n.id AND d.current = 1
                          AND (+d.status = 'needs_review'
                               OR instr(d.reasons, '"reading_changed"') > 0))
     ORDER BY n.urgency, n.id)
UNION ALL
SELECT * FROM (
    SELECT d.id,
           d.document_id,
           n.state,
           n.meeting,
           d.due,
           d.name,
           d.title,
           d.email,
           d.confidence,
           d.status,
           (SELECT group_concat(coalesce(w.words, replace(r.value, '_', ' ')), '; ')
              FROM json_each(d.reasons) AS r LEFT JOIN reason_words AS w ON w.code = r.value),
           n.filename
      FROM delegates AS d
     CROSS JOIN documents AS n ON n.id = d.document_id
     WHERE d.current = 1
       AND (d.status = 'needs_review' OR instr(d.reasons, '"reading_changed"') > 0)
     ORDER BY CAST(d.confidence * 10 AS INTEGER), d.due IS NULL, d.due, d.confidence, d.document_id,
              d.seq, d.id);

-- What is there already: what people have looked at is settled; notes that may have come twice are
-- looked at again at the next start.
INSERT INTO writer (who) VALUES ('pipeline');
INSERT INTO note_refresh SELECT id FROM documents
 WHERE outcome IN ('processed', 'failed', 'rejected');
UPDATE documents SET settled = looks WHERE seen = 1 OR id IN (SELECT document_id FROM reviews);
INSERT INTO review_refresh SELECT id FROM documents WHERE outcome = 'processed';
DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
ALTER TABLE documents DROP COLUMN seen;
INSERT OR IGNORE INTO stale (document_id)
SELECT n.id FROM documents AS n
 WHERE n.outcome = 'processed'
   AND (n.state IS NULL OR n.meeting IS NULL
        OR EXISTS (SELECT 1 FROM documents AS o
                    WHERE o.meeting = n.meeting AND o.state = n.state AND o.id <> n.id));
