-- Where the Latin letters of a name are from, and whether the note or the person's address bears them
-- out; see store/rules/latin/proposal.py and the view latin_names.
ALTER TABLE delegates ADD COLUMN latin_source TEXT;
ALTER TABLE delegates ADD COLUMN latin_confirmed INTEGER;

-- How persons of a State were spelled in rows that people approved.
CREATE INDEX delegates_known_latin ON delegates (name) WHERE name_latin IS NOT NULL;

CREATE VIEW latin_names AS
SELECT d.id AS delegate_id,
       n.id AS document_id,
       n.filename AS filename,
       n.state AS state,
       n.meeting AS meeting,
       d.name AS name,
       d.name_latin AS name_latin,
       CASE WHEN d.name_latin IS NOT NULL THEN d.latin_source END AS source,
       CASE WHEN d.name_latin IS NOT NULL THEN coalesce(d.latin_confirmed, 0) END AS confirmed,
       d.email AS email,
       d.status AS status,
       d.current AS current
  FROM documents AS n
  JOIN delegates AS d ON d.document_id = n.id
 WHERE d.name_latin IS NOT NULL OR d.name GLOB '*[Ѐ-ԯ؀-ۿ㐀-鿿]*'
 ORDER BY n.state, n.note_date DESC, n.id DESC, d.seq, d.id;

-- What people approve or write is how other notes of the State may spell the same name.
CREATE TRIGGER delegates_latin_known AFTER UPDATE OF status, name_latin ON delegates
WHEN NEW.name_latin IS NOT NULL AND NEW.status IN ('approved', 'corrected')
 AND (NEW.status IS NOT OLD.status OR NEW.name_latin IS NOT OLD.name_latin)
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT document_id FROM delegates
     WHERE name = NEW.name AND name_latin IS NOT NULL AND id <> NEW.id
       AND status IN ('new', 'needs_review');
END;

-- An address is a witness of the spelling: with another one the letters are proposed anew, also of a
-- row that was accepted; what a person wrote stays.
CREATE TRIGGER delegates_latin_witness AFTER UPDATE OF email ON delegates
WHEN NEW.email IS NOT OLD.email AND NEW.name GLOB '*[Ѐ-ԯ؀-ۿ㐀-鿿]*'
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates SET name_latin = NULL
     WHERE id = NEW.id AND NEW.name_latin IS OLD.name_latin AND latin_source IS NOT 'typed'
       AND NOT EXISTS (SELECT 1 FROM corrections WHERE table_name = 'delegates'
                        AND row_id = NEW.id AND field = 'name_latin');
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT OR IGNORE INTO stale (document_id) VALUES (NEW.document_id);
END;

-- Names that are there already.
INSERT OR IGNORE INTO stale (document_id)
SELECT DISTINCT document_id FROM delegates WHERE name GLOB '*[Ѐ-ԯ؀-ۿ㐀-鿿]*';
