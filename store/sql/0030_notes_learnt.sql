-- Number patterns and addresses of missions, learnt of a State's decided notes, answer doubts of its
-- later ones: what is answered is said and asks nobody.

-- JSON list of codes of doubts that what was learnt answers; computed (store/learn/of_notes.py)
ALTER TABLE documents ADD COLUMN answered TEXT NOT NULL DEFAULT '[]';

DROP VIEW note_reasons;
-- Why a person should look at a note, one row a reason; open: nobody has settled it, nor does what
-- was learnt answer it.
CREATE VIEW note_reasons AS
SELECT n.id AS document_id,
       json_extract(x.value, '$[0]') AS code,
       json_extract(x.value, '$[1]') AS detail,
       json_extract(x.value, '$[0]') <> 'same_note_again'
       AND (n.same_as IS NULL OR json_extract(x.value, '$[0]')
                                 IN ('page_unread', 'copies_differ', 'copy_reads_otherwise'))
       AND NOT EXISTS (SELECT 1 FROM json_each(n.settled) AS s WHERE s.value = x.value)
       AND NOT EXISTS (SELECT 1 FROM json_each(n.answered) AS a
                        WHERE a.value = json_extract(x.value, '$[0]')) AS open
  FROM documents AS n
 CROSS JOIN json_each(n.looks) AS x;

CREATE TRIGGER note_answered AFTER UPDATE OF answered ON documents
WHEN NEW.answered IS NOT OLD.answered
BEGIN
    INSERT INTO note_refresh VALUES (NEW.id);
END;

CREATE TRIGGER documents_check_answered BEFORE UPDATE OF answered ON documents
WHEN NEW.answered IS NOT OLD.answered
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'answered cannot be edited; it follows from what was learnt');
END;

-- The notes of a State that what is learnt of its other notes bears on.
CREATE VIEW notes_to_answer AS
SELECT id AS document_id, state
  FROM documents
 WHERE answered <> '[]'
    OR (needs_review = 1 AND (instr(doubts, '"reference_uncertain"') > 0
                              OR instr(doubts, '"address_without_person"') > 0));

-- A note teaches once none of its rows waits, and until one waits again.
CREATE TRIGGER delegates_note_decided AFTER UPDATE OF status ON delegates
WHEN (NEW.status IN ('approved', 'corrected', 'rejected'))
     <> (OLD.status IN ('approved', 'corrected', 'rejected'))
 AND NOT EXISTS (SELECT 1 FROM delegates AS d
                  WHERE d.document_id = NEW.document_id AND d.id <> NEW.id AND d.current = 1
                    AND d.status IN ('new', 'needs_review'))
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT a.document_id FROM documents AS n JOIN notes_to_answer AS a ON a.state = n.state
     WHERE n.id = NEW.document_id AND a.document_id <> n.id;
END;

CREATE TRIGGER documents_teach_otherwise
AFTER UPDATE OF outcome, state, note_reference, settled, same_as, part_of, forgotten_at ON documents
WHEN NEW.forgotten_at IS NOT OLD.forgotten_at
  OR ((NEW.outcome IS NOT OLD.outcome OR NEW.state IS NOT OLD.state
       OR NEW.note_reference IS NOT OLD.note_reference OR NEW.settled IS NOT OLD.settled
       OR NEW.same_as IS NOT OLD.same_as OR NEW.part_of IS NOT OLD.part_of)
      AND EXISTS (SELECT 1 FROM documents AS a CROSS JOIN delegates AS d ON d.document_id = a.id
                   WHERE (a.id = NEW.id OR a.part_of = NEW.id)
                     AND d.status IN ('approved', 'corrected')))
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT document_id FROM notes_to_answer
     WHERE state IN (OLD.state, NEW.state) AND document_id <> NEW.id;
END;

-- Words that are not to be learnt may be of these kinds, too.
CREATE TABLE unlearnt_words_before AS SELECT * FROM unlearnt_words;
DROP TABLE unlearnt_words;
CREATE TABLE unlearnt_words (
    state TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('title', 'organization', 'domain', 'pattern', 'mailbox',
                                       'number', 'mission_address')),
    word TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (state, kind, word)
) WITHOUT ROWID;
INSERT INTO unlearnt_words SELECT * FROM unlearnt_words_before;
DROP TABLE unlearnt_words_before;

-- What waits already is judged by what people have decided until now.
INSERT OR IGNORE INTO stale (document_id) SELECT document_id FROM notes_to_answer;
