-- The name in Latin letters where it is printed in another script: proposed by store/rules/latin.py,
-- or written by a person; else null.
ALTER TABLE delegates ADD COLUMN name_latin TEXT;

DROP VIEW delegation_list;

CREATE VIEW delegation_list AS
SELECT d.id AS delegate_id,
       n.id AS document_id,
       n.filename AS filename,
       n.sha256 AS sha256,
       n.state AS state,
       n.meeting AS meeting,
       n.note_reference AS note_reference,
       n.note_date AS note_date,
       d.seq AS seq,
       d.honorific AS honorific,
       d.name AS name,
       d.name_latin AS name_latin,
       d.title AS title,
       d.organization AS organization,
       d.email AS email,
       d.phone AS phone,
       d.role AS role,
       d.confidence AS confidence,
       d.status AS status,
       d.current AS current,
       d.reasons AS reasons
  FROM documents AS n
  JOIN delegates AS d ON d.document_id = n.id
 ORDER BY n.state, n.note_date DESC, n.received_at DESC, n.id DESC, d.seq, d.id;

CREATE TRIGGER delegation_list_update INSTEAD OF UPDATE ON delegation_list
BEGIN
    SELECT RAISE(ABORT, 'delegate_id cannot be edited')
     WHERE NEW.delegate_id IS NOT OLD.delegate_id;
    SELECT RAISE(ABORT, 'filename cannot be edited')
     WHERE NEW.filename IS NOT OLD.filename;
    SELECT RAISE(ABORT, 'sha256 cannot be edited')
     WHERE NEW.sha256 IS NOT OLD.sha256;
    SELECT RAISE(ABORT, 'confidence cannot be edited')
     WHERE NEW.confidence IS NOT OLD.confidence;
    SELECT RAISE(ABORT, 'reasons cannot be edited')
     WHERE NEW.reasons IS NOT OLD.reasons;
    UPDATE delegates
       SET document_id = NEW.document_id, seq = NEW.seq, honorific = NEW.honorific,
           name = NEW.name, name_latin = NEW.name_latin, title = NEW.title,
           organization = NEW.organization, email = NEW.email, phone = NEW.phone, role = NEW.role,
           status = NEW.status, current = NEW.current
     WHERE id = OLD.delegate_id;
    -- once for the note, however many of its rows are edited in one statement
    UPDATE documents
       SET state = NEW.state, meeting = NEW.meeting,
           note_reference = NEW.note_reference, note_date = NEW.note_date
     WHERE id = OLD.document_id
       AND (NEW.state IS NOT OLD.state OR NEW.meeting IS NOT OLD.meeting
            OR NEW.note_reference IS NOT OLD.note_reference OR NEW.note_date IS NOT OLD.note_date);
END;

CREATE TRIGGER delegation_list_insert INSTEAD OF INSERT ON delegation_list
BEGIN
    SELECT RAISE(ABORT, 'document_id and name are needed to add a delegate')
     WHERE NEW.document_id IS NULL OR NEW.name IS NULL;
    INSERT INTO delegates (document_id, seq, honorific, name, name_latin, title, organization,
                           email, phone, role, status, current)
    VALUES (NEW.document_id, NEW.seq, NEW.honorific, NEW.name,
            nullif(trim(NEW.name_latin), ''), NEW.title, NEW.organization, NEW.email, NEW.phone,
            NEW.role, coalesce(NEW.status, 'corrected'), coalesce(NEW.current, 1));
END;

CREATE TRIGGER delegation_list_delete INSTEAD OF DELETE ON delegation_list
BEGIN
    DELETE FROM delegates WHERE id = OLD.delegate_id;
END;

-- What a person writes stays. It decides nothing about the row: its status is left alone.
CREATE TRIGGER delegates_latin_edited AFTER UPDATE OF name_latin ON delegates
WHEN nullif(trim(NEW.name_latin), '') IS NOT OLD.name_latin
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    VALUES ('delegates', NEW.id, NEW.document_id, 'update', 'name_latin', OLD.name_latin,
           nullif(trim(NEW.name_latin), ''),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates SET name_latin = nullif(trim(NEW.name_latin), '') WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT OR IGNORE INTO stale (document_id) VALUES (NEW.document_id);
END;

-- Another name: the Latin letters of the old one go at once, and are proposed anew when the program
-- next opens the database.
CREATE TRIGGER delegates_latin_outdated AFTER UPDATE OF name ON delegates
WHEN nullif(trim(NEW.name), '') IS NOT OLD.name AND NEW.name_latin IS OLD.name_latin
 AND OLD.name_latin IS NOT NULL AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates SET name_latin = NULL WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

-- Names that are there already, in Cyrillic or Chinese.
INSERT OR IGNORE INTO stale (document_id)
SELECT DISTINCT document_id FROM delegates WHERE name GLOB '*[Ѐ-ӿ㐀-鿿]*';
