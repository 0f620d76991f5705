-- Persons and words that people approved, as witnesses of what is read later: they are not copied,
-- but looked up in the rows themselves, the persons of one State or of one address.
CREATE INDEX delegates_by_email ON delegates (email) WHERE email IS NOT NULL;
CREATE INDEX delegates_by_name ON delegates (name);
CREATE INDEX delegates_offered ON delegates (document_id) WHERE instr(doubts, '"known_') > 0;

-- Rows that are not to be learnt from: a person approved wrongly.
CREATE TABLE unlearnt_rows (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);

-- Words of a State that are not to be learnt, as folded for comparing.
CREATE TABLE unlearnt_words (
    state TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('title', 'organization', 'domain', 'pattern', 'mailbox')),
    word TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (state, kind, word)
) WITHOUT ROWID;

-- A decision bears on open rows of the same name or address, wherever they are, and on those that a
-- known person was offered for.
CREATE TRIGGER delegates_known_changed AFTER UPDATE OF status, name, email, title ON delegates
WHEN (NEW.status IN ('approved', 'corrected') OR OLD.status IN ('approved', 'corrected'))
 AND (NEW.status IS NOT OLD.status OR NEW.name IS NOT OLD.name OR NEW.email IS NOT OLD.email
      OR NEW.title IS NOT OLD.title)
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT document_id FROM delegates
     WHERE name IN (OLD.name, NEW.name) AND status IN ('new', 'needs_review')
    UNION
    SELECT document_id FROM delegates
     WHERE email IN (OLD.email, NEW.email) AND status IN ('new', 'needs_review')
    UNION
    SELECT document_id FROM delegates
     WHERE instr(doubts, '"known_') > 0 AND status IN ('new', 'needs_review')
       AND EXISTS (SELECT 1 FROM json_each(doubts) AS x
                    WHERE json_extract(x.value, '$.code') GLOB 'known_*'
                      AND json_extract(x.value, '$.detail') = CAST(NEW.id AS TEXT));
END;

CREATE TRIGGER delegates_known_gone AFTER DELETE ON delegates
WHEN OLD.status IN ('approved', 'corrected')
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT document_id FROM delegates
     WHERE name = OLD.name AND status IN ('new', 'needs_review')
    UNION
    SELECT document_id FROM delegates
     WHERE email = OLD.email AND status IN ('new', 'needs_review')
    UNION
    SELECT document_id FROM delegates
     WHERE instr(doubts, '"known_') > 0 AND status IN ('new', 'needs_review')
       AND EXISTS (SELECT 1 FROM json_each(doubts) AS x
                    WHERE json_extract(x.value, '$.code') GLOB 'known_*'
                      AND json_extract(x.value, '$.detail') = CAST(OLD.id AS TEXT));
END;

-- What waits already is judged by whom people have approved until now.
INSERT OR IGNORE INTO stale (document_id)
SELECT o.document_id FROM delegates AS d
 CROSS JOIN delegates AS o ON o.name = d.name OR o.email = d.email
 WHERE d.status IN ('approved', 'corrected') AND o.status IN ('new', 'needs_review');

-- What is known of the person of a row, where a doubt says so: the row it was approved in.
CREATE VIEW known_persons AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       CASE json_extract(x.value, '$.field') WHEN 'name' THEN d.name WHEN 'email' THEN d.email
                                             WHEN 'title' THEN d.title END AS read,
       CASE json_extract(x.value, '$.field') WHEN 'name' THEN k.name WHEN 'email' THEN k.email
                                             WHEN 'title' THEN k.title
                                             ELSE n.state END AS known,
       k.id AS known_delegate_id,
       k.document_id AS known_document_id
  FROM delegates AS d
 CROSS JOIN json_each(d.doubts) AS x
  JOIN delegates AS k ON k.id = CAST(json_extract(x.value, '$.detail') AS INTEGER)
  JOIN documents AS n ON n.id = k.document_id
 WHERE instr(d.doubts, '"known_') > 0
   AND json_extract(x.value, '$.code') GLOB 'known_*';

-- The detail of such a doubt is that row's number; people are shown what it says.
DROP VIEW doubts_of_rows;
CREATE VIEW doubts_of_rows AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       CASE WHEN json_extract(x.value, '$.code') GLOB 'known_*' THEN
            (SELECT 'known: ' || k.known FROM known_persons AS k
              WHERE k.delegate_id = d.id AND k.code = json_extract(x.value, '$.code')
                AND k.field IS json_extract(x.value, '$.field'))
            ELSE nullif(json_extract(x.value, '$.detail'), '') END AS detail,
       EXISTS (SELECT 1 FROM settled_fields AS s
                WHERE s.table_name = 'delegates' AND s.row_id = d.id
                  AND s.field = json_extract(x.value, '$.field')) AS settled
  FROM delegates AS d
 CROSS JOIN json_each(d.doubts) AS x;
