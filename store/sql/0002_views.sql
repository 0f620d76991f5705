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
       n.received_at >= i.deadline_ends AS late,
       n.supersedes AS supersedes
  FROM documents AS n
  LEFT JOIN messages AS m ON m.id = n.message
  LEFT JOIN meetings AS i ON i.reference = n.meeting
 ORDER BY n.id;

CREATE VIEW pages_list AS
SELECT p.document_id AS document_id,
       n.filename AS filename,
       p.number AS page_number,
       p.outcome AS outcome,
       p.reason AS reason,
       p.language AS language,
       p.mean_confidence AS mean_confidence,
       p.text AS text
  FROM pages AS p
  JOIN documents AS n ON n.id = p.document_id
 ORDER BY p.document_id, p.number;

CREATE VIEW messages_list AS
SELECT m.message_id AS message_id,
       m.sha256 AS sha256,
       s.folder AS folder,
       s.uidvalidity AS uidvalidity,
       s.uid AS uid,
       m.from_address AS from_address,
       m.subject AS subject,
       m.received_at AS received_at,
       m.outcome AS outcome,
       m.reason AS reason,
       (SELECT count(*) FROM documents AS n WHERE n.message = m.id) AS documents
  FROM messages AS m
  LEFT JOIN sightings AS s
    ON s.id = (SELECT max(id) FROM sightings WHERE message = m.id)
 ORDER BY m.id;

-- A State counts as answered when any note of it for the meeting was read, whatever it says;
-- late tells about its first answer.
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
           AND d.current = 1 AND +d.status = 'needs_review') AS needs_review,
       (SELECT max(coalesce(n.received_at, n.note_date)) FROM documents AS n
         WHERE n.meeting = m.reference AND n.state = s.iso3
           AND n.outcome = 'processed') AS last_note_at
  FROM meetings AS m
 CROSS JOIN states AS s
 WHERE s.party = 1
   AND (s.party_since IS NULL
        OR s.party_since <= coalesce(m.starts, m.deadline, m.issued, '9999-12-31'))
 ORDER BY m.reference, s.name_en;
