-- A row that nobody has looked at waits, too, though nothing about it is doubtful: last in the queue.
CREATE INDEX delegates_unseen ON delegates (due IS NULL, due, document_id, seq, id)
 WHERE current = 1 AND status = 'new';

DROP VIEW review_queue;

-- What to look at next. First notes of which no row waits: nobody was found, a page could not be
-- read, a fact is doubtful; these have no delegate_id. Then rows, the least trusted first, in steps
-- of a tenth; within a step the nearest deadline. Also approved and corrected rows that a newer
-- reading disagrees with. Last the rows of which nothing is doubtful: a look, and they are accepted.
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
              d.seq, d.id)
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
           n.filename
      FROM delegates AS d
     CROSS JOIN documents AS n ON n.id = d.document_id
     WHERE d.current = 1
       AND d.status = 'new'
       AND NOT instr(d.reasons, '"reading_changed"') > 0
     ORDER BY d.due IS NULL, d.due, d.document_id, d.seq, d.id);
