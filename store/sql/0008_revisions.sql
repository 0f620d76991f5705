-- Which note changes which earlier one of the same State and meeting, and person by person what
-- became of it. Computed by store/regroup.py after any change, never edited.
CREATE TABLE revisions (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    earlier_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    how TEXT NOT NULL CHECK (how IN ('replaces', 'adds', 'substitutes', 'unclear', 'by hand'))
);
CREATE INDEX revisions_by_earlier ON revisions (earlier_id);

-- The row of the earlier note that is the same person, or whose place the person takes.
CREATE TABLE successions (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    earlier_id INTEGER NOT NULL REFERENCES delegates (id) ON DELETE CASCADE,
    same_person INTEGER NOT NULL CHECK (same_person IN (0, 1))
);
CREATE INDEX successions_by_earlier ON successions (earlier_id);

-- Old and new side by side: one line a person of the later note, then one for each of the earlier
-- note whom nobody follows. change: kept, changed, added, in place of, dropped, stays.
CREATE VIEW revisions_list AS
SELECT r.document_id AS document_id,
       r.earlier_id AS earlier_document_id,
       n.state AS state,
       n.meeting AS meeting,
       r.how AS how,
       o.note_reference AS earlier_reference,
       o.note_date AS earlier_date,
       n.note_reference AS note_reference,
       n.note_date AS note_date,
       CASE WHEN s.delegate_id IS NULL THEN 'added'
            WHEN s.same_person = 0 THEN 'in place of'
            WHEN e.honorific IS NOT d.honorific OR e.name IS NOT d.name OR e.title IS NOT d.title
              OR e.organization IS NOT d.organization OR e.email IS NOT d.email
              OR e.phone IS NOT d.phone OR e.role IS NOT d.role THEN 'changed'
            ELSE 'kept' END AS change,
       e.id AS earlier_delegate_id,
       e.name AS earlier_name,
       e.title AS earlier_title,
       e.email AS earlier_email,
       d.id AS delegate_id,
       d.name AS name,
       d.title AS title,
       d.email AS email,
       d.current AS current
  FROM revisions AS r
  JOIN documents AS n ON n.id = r.document_id
  JOIN documents AS o ON o.id = r.earlier_id
  JOIN delegates AS d ON d.document_id = r.document_id
  LEFT JOIN successions AS s ON s.delegate_id = d.id
  LEFT JOIN delegates AS e ON e.id = s.earlier_id
UNION ALL
SELECT r.document_id, r.earlier_id, n.state, n.meeting, r.how, o.note_reference, o.note_date,
       n.note_reference, n.note_date,
       CASE WHEN e.current = 1 THEN 'stays' ELSE 'dropped' END,
       e.id, e.name, e.title, e.email, NULL, NULL, NULL, NULL, e.current
  FROM revisions AS r
  JOIN documents AS n ON n.id = r.document_id
  JOIN documents AS o ON o.id = r.earlier_id
  JOIN delegates AS e ON e.document_id = r.earlier_id
 WHERE NOT EXISTS (SELECT 1 FROM successions AS s JOIN delegates AS d ON d.id = s.delegate_id
                    WHERE s.earlier_id = e.id AND d.document_id = r.document_id);

-- What is there already is looked at again at the next start.
INSERT OR IGNORE INTO stale (document_id) SELECT id FROM documents WHERE kind = 'revision';
