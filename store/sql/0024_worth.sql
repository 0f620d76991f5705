-- The queue puts first where a minute of looking finds most errors. worth: errors a look at the row is
-- likely to find, weighed; halvings: the same as -log2; both computed (store/rules/worth.py).
ALTER TABLE delegates ADD COLUMN worth REAL NOT NULL DEFAULT 0.0;
ALTER TABLE delegates ADD COLUMN halvings REAL NOT NULL DEFAULT 99.0;

-- Seconds that a look takes: at a row of which nothing is doubtful, at one that is marked, and at a
-- note itself. rows: decisions it was measured on; 0: nothing was measured (store/review/pace.py).
CREATE TABLE pace (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    plain_s REAL NOT NULL CHECK (plain_s > 0),
    marked_s REAL NOT NULL CHECK (marked_s > 0),
    note_s REAL NOT NULL CHECK (note_s > 0),
    rows INTEGER NOT NULL DEFAULT 0,
    at TEXT
);
INSERT INTO pace (id, plain_s, marked_s, note_s) VALUES (1, 4.0, 15.0, 8.0);

DROP TRIGGER review_refresh_insert;
DROP INDEX review_waiting_order;
ALTER TABLE review_waiting ADD COLUMN marked INTEGER NOT NULL DEFAULT 0;  -- delegates with a mark
ALTER TABLE review_waiting ADD COLUMN look INTEGER NOT NULL DEFAULT 0;    -- 1: the note itself asks
ALTER TABLE review_waiting ADD COLUMN worth REAL NOT NULL DEFAULT 0.0;
ALTER TABLE review_waiting ADD COLUMN cost REAL NOT NULL DEFAULT 0.0;     -- seconds for each of it

CREATE INDEX review_waiting_order ON review_waiting (meeting, cost, document_id);
CREATE INDEX review_waiting_sums ON review_waiting (meeting, delegates, marked, look);

-- A note that asks for a look itself is worth the persons that are likely to be missing in it.
CREATE TRIGGER review_refresh_insert INSTEAD OF INSERT ON review_refresh
BEGIN
    DELETE FROM review_waiting WHERE document_id = NEW.document_id;
    INSERT INTO review_waiting
           (document_id, meeting, confidence, delegates, marked, look, worth, cost)
    SELECT r.id, r.meeting, r.confidence, r.open, r.marked, r.look, r.worth,
           (p.note_s * (1 + r.look) + p.marked_s * r.marked + p.plain_s * (r.open - r.marked))
           / max(r.worth, 0.000001)
      FROM pace AS p,
           (SELECT n.id, coalesce(n.meeting, '') AS meeting,
                   CASE WHEN n.needs_review = 1 AND n.urgency = 0 THEN -1.0
                        WHEN d.open > 0 THEN d.lowest
                        WHEN n.needs_review = 1 THEN 0.0
                        ELSE 0.95 END AS confidence,
                   d.open, d.marked, n.needs_review AS look,
                   d.worth + CASE WHEN n.needs_review = 0 THEN 0.0
                                  WHEN n.urgency = 0 THEN 18.0
                                  WHEN n.urgency = 1 THEN 7.2
                                  ELSE 1.8 END AS worth
              FROM documents AS n,
                   (SELECT count(*) AS total, total(waits) AS open, total(waits AND marks) AS marked,
                           total(CASE WHEN waits THEN worth END) AS worth,
                           min(CASE WHEN waits THEN confidence END) AS lowest
                      FROM (SELECT confidence, worth,
                                   status = 'needs_review'
                                   OR instr(reasons, '"reading_changed"') > 0 AS marks,
                                   current = 1 AND (status IN ('new', 'needs_review')
                                       OR instr(reasons, '"reading_changed"') > 0) AS waits
                              FROM delegates WHERE document_id = NEW.document_id)) AS d
             WHERE n.id = NEW.document_id AND n.outcome = 'processed'
               AND (d.open > 0 OR n.needs_review = 1
                    OR (d.total = 0 AND n.same_as IS NULL AND NOT EXISTS
                        (SELECT 1 FROM reviews WHERE document_id = NEW.document_id)
                        AND NOT EXISTS (SELECT 1 FROM delegates AS x JOIN documents AS a
                                            ON a.id = x.document_id WHERE a.part_of = n.id)))
           ) AS r;
END;

-- A trigger of its own: one made again would come before those that write down what a person did, and
-- steps are told apart by what was changed before (0019_steps.sql).
CREATE TRIGGER review_delegate_weighed AFTER UPDATE OF worth ON delegates
WHEN NEW.worth IS NOT OLD.worth
BEGIN
    INSERT INTO review_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER pace_changed AFTER UPDATE OF plain_s, marked_s, note_s ON pace
BEGIN
    UPDATE review_waiting
       SET cost = (NEW.note_s * (1 + look) + NEW.marked_s * marked
                   + NEW.plain_s * (delegates - marked)) / max(worth, 0.000001);
END;

-- How many rows of a meeting are decided is asked with every look at the queue.
CREATE INDEX delegates_decided ON delegates (document_id)
 WHERE current = 1 AND status IN ('approved', 'corrected')
   AND instr(reasons, '"reading_changed"') = 0;

-- A row is worth half as much if its deadline is 14 days later; one without a deadline comes last.
DROP INDEX delegates_to_review;
CREATE INDEX delegates_to_review ON delegates
    (halvings + julianday(coalesce(due, '9999-12-31')) / 14.0, document_id, seq, id)
 WHERE current = 1
   AND (status = 'needs_review' OR instr(reasons, '"reading_changed"') > 0);

DROP VIEW review_queue;

-- What to look at next. First notes of which no row waits: nobody was found, a page could not be
-- read, a fact is doubtful; these have no delegate_id. Then rows, where a look is likely to find most:
-- doubt by the weight of the field, by how near the deadline is. Also approved and corrected rows
-- that a newer reading disagrees with. Last the rows of which nothing is doubtful: a look, and they are
-- accepted.
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
           n.filename AS filename,
           NULL AS worth
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
           n.filename,
           d.worth
      FROM delegates AS d
     CROSS JOIN documents AS n ON n.id = d.document_id
     WHERE d.current = 1
       AND (d.status = 'needs_review' OR instr(d.reasons, '"reading_changed"') > 0)
     ORDER BY d.halvings + julianday(coalesce(d.due, '9999-12-31')) / 14.0, d.document_id, d.seq, d.id)
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
           'nothing is doubtful; nobody has looked at it yet',
           n.filename,
           d.worth
      FROM delegates AS d
     CROSS JOIN documents AS n ON n.id = d.document_id
     WHERE d.current = 1
       AND d.status = 'new'
       AND NOT instr(d.reasons, '"reading_changed"') > 0
     ORDER BY d.due IS NULL, d.due, d.document_id, d.seq, d.id);

-- Until each is computed, the whole row's chance tells.
INSERT INTO writer (who) VALUES ('pipeline');
UPDATE delegates SET worth = (1.0 - confidence) * 4.0
 WHERE status IN ('new', 'needs_review') OR instr(reasons, '"reading_changed"') > 0;
DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
INSERT INTO review_refresh SELECT id FROM documents WHERE outcome = 'processed';
INSERT OR IGNORE INTO stale (document_id)
SELECT DISTINCT document_id FROM delegates WHERE status IN ('new', 'needs_review');
