-- What a person did at one go is one step, so that it can be taken back as a whole: a transaction of
-- ours, or a statement of any other tool with what follows it at once. The step bears the
-- number of its first correction. undoes: the step that this one took back; undone: the step that
-- took this one back, null while it holds.
ALTER TABLE corrections ADD COLUMN step INTEGER;
ALTER TABLE corrections ADD COLUMN undoes INTEGER;
ALTER TABLE corrections ADD COLUMN undone INTEGER;

-- Of a transaction of ours, the number of its step; else null.
ALTER TABLE writer ADD COLUMN step INTEGER;

-- Of what there is, one moment of one person is a step.
UPDATE corrections SET step = s.step
  FROM (SELECT id, min(id) OVER (PARTITION BY who, at) AS step FROM corrections) AS s
 WHERE s.id = corrections.id;
CREATE INDEX corrections_by_step ON corrections (step);
CREATE INDEX corrections_of_states ON corrections (id)
 WHERE table_name = 'documents' AND field = 'state';

-- 'now' is the same for all of a statement. What the same connection writes within 2 s belongs
-- together; one that has changed nothing yet is another program's, and another step: total_changes()
-- counts from its opening, up to the statement before. (https://www.sqlite.org/c3ref/total_changes.html)
CREATE TRIGGER corrections_step AFTER INSERT ON corrections WHEN NEW.step IS NULL
BEGIN
    UPDATE corrections
       SET step = coalesce(
           (SELECT w.step FROM writer AS w WHERE w.step IS NOT NULL LIMIT 1),
           (SELECT p.step FROM corrections AS p
             WHERE p.id = (SELECT max(id) FROM corrections WHERE id < NEW.id)
               AND p.who = NEW.who AND p.undoes IS NULL
               AND (p.at = NEW.at OR (total_changes() > 0
                    AND (julianday(NEW.at) - julianday(p.at)) * 86400.0 BETWEEN 0.0 AND 2.0))),
           NEW.id)
     WHERE id = NEW.id;
END;

-- What the page and the lists write down beside documents and delegates is recorded, too.
DROP TRIGGER documents_settled;
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
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    SELECT 'documents', NEW.id, NEW.id, 'update', f.field, f.old, f.new,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM (SELECT 'needs_review' AS field, OLD.needs_review AS old, NEW.needs_review AS new
        UNION ALL SELECT 'settled', OLD.settled,
                         (SELECT n.settled FROM documents AS n WHERE n.id = NEW.id)) AS f
     WHERE f.old IS NOT f.new;
    DELETE FROM reviews WHERE document_id = NEW.id AND NEW.needs_review = 1;
    INSERT INTO reviews (document_id, who, at)
    SELECT NEW.id,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
     WHERE NEW.needs_review = 0
        ON CONFLICT (document_id) DO UPDATE SET who = excluded.who, at = excluded.at;
END;

CREATE TRIGGER documents_duplicate_of AFTER UPDATE OF duplicate_of ON documents
WHEN NEW.duplicate_of IS NOT OLD.duplicate_of
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    VALUES ('documents', NEW.id, NEW.id, 'update', 'duplicate_of', OLD.duplicate_of,
           NEW.duplicate_of,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER reviews_recorded AFTER INSERT ON reviews
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reviews', NEW.document_id, NEW.document_id, 'insert',
           NULL,
           json_object('document_id', NEW.document_id, 'who', NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER reviews_rewritten AFTER UPDATE ON reviews
WHEN (NEW.who IS NOT OLD.who OR NEW.at IS NOT OLD.at)
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reviews', NEW.document_id, NEW.document_id, 'update',
           json_object('document_id', OLD.document_id, 'who', OLD.who, 'at', OLD.at),
           json_object('document_id', NEW.document_id, 'who', NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER reviews_removed AFTER DELETE ON reviews
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reviews', OLD.document_id, OLD.document_id, 'delete',
           json_object('document_id', OLD.document_id, 'who', OLD.who, 'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER reminders_recorded AFTER INSERT ON reminders
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reminders', NEW.id, NULL, 'insert',
           NULL,
           json_object('id', NEW.id, 'meeting', NEW.meeting, 'state', NEW.state, 'who', NEW.who, 'at',
               NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER reminders_removed AFTER DELETE ON reminders
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reminders', OLD.id, NULL, 'delete',
           json_object('id', OLD.id, 'meeting', OLD.meeting, 'state', OLD.state, 'who', OLD.who, 'at',
               OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER reminder_drafts_recorded AFTER INSERT ON reminder_drafts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reminder_drafts', NEW.id, NULL, 'insert',
           NULL,
           json_object('id', NEW.id, 'meeting', NEW.meeting, 'to_state', NEW.to_state, 'who', NEW.who,
               'token', NEW.token, 'state', NEW.state, 'attempts', NEW.attempts, 'error',
               NEW.error, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER reminder_drafts_removed AFTER DELETE ON reminder_drafts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reminder_drafts', OLD.id, NULL, 'delete',
           json_object('id', OLD.id, 'meeting', OLD.meeting, 'to_state', OLD.to_state, 'who', OLD.who,
               'token', OLD.token, 'state', OLD.state, 'attempts', OLD.attempts, 'error',
               OLD.error, 'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER mission_addresses_recorded AFTER INSERT ON mission_addresses
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('mission_addresses', NEW.id, NULL, 'insert',
           NULL,
           json_object('id', NEW.id, 'state', NEW.state, 'email', NEW.email, 'wrong', NEW.wrong, 'who',
               NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER mission_addresses_rewritten AFTER UPDATE ON mission_addresses
WHEN (NEW.state IS NOT OLD.state OR NEW.email IS NOT OLD.email OR NEW.wrong IS NOT OLD.wrong
      OR NEW.who IS NOT OLD.who OR NEW.at IS NOT OLD.at)
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('mission_addresses', NEW.id, NULL, 'update',
           json_object('id', OLD.id, 'state', OLD.state, 'email', OLD.email, 'wrong', OLD.wrong, 'who',
               OLD.who, 'at', OLD.at),
           json_object('id', NEW.id, 'state', NEW.state, 'email', NEW.email, 'wrong', NEW.wrong, 'who',
               NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER mission_addresses_removed AFTER DELETE ON mission_addresses
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('mission_addresses', OLD.id, NULL, 'delete',
           json_object('id', OLD.id, 'state', OLD.state, 'email', OLD.email, 'wrong', OLD.wrong, 'who',
               OLD.who, 'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
