"""What the database is asked to tell what is different since a moment, in all notes."""

from __future__ import annotations

from dataclasses import dataclass

# Then: before the first turn since. A row is looked at if it has turned, if its status or a value
# was written, or if its note was given another State or meeting.
ROWS = """
SELECT d.*, n.state, n.meeting, s.earlier_id, s.same_person,
       (SELECT t.added FROM turns AS t WHERE t.delegate_id = d.id AND t.at >= :since
         ORDER BY t.id LIMIT 1) AS added,
       (SELECT 1 - t.current FROM turns AS t WHERE t.delegate_id = d.id AND t.at >= :since
         ORDER BY t.id LIMIT 1) AS current_then,
       EXISTS (SELECT 1 FROM corrections AS c WHERE c.at >= :since AND c.table_name = 'documents'
                  AND c.row_id = n.id AND c.field IN ('state', 'meeting')) AS moved
"""
EDITS = """
SELECT row_id, field, old, who FROM corrections
 WHERE at >= :since AND table_name = 'delegates' AND action = 'update'
"""
DELETED = """
SELECT c.old, c.who, c.document_id, n.state, n.meeting FROM corrections AS c
  JOIN documents AS n ON n.id = c.document_id
 WHERE c.at >= :since AND c.table_name = 'delegates' AND c.action = 'delete'
   AND NOT EXISTS (SELECT 1 FROM corrections AS a WHERE a.table_name = 'delegates'
                      AND a.row_id = c.row_id AND a.action = 'insert' AND a.at >= :since)
"""
REPLIES = """
SELECT n.id, n.state, n.meeting, n.kind FROM documents AS n
 WHERE n.kept_at >= :since AND n.outcome = 'processed' AND n.same_as IS NULL
   AND NOT EXISTS (SELECT 1 FROM delegates AS d WHERE d.document_id = n.id)
"""
ORDER = " ORDER BY d.document_id, d.seq, d.id"


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of the database: rows with what they were, edits, deleted rows, replies."""

    rows: str
    edits: str
    deleted: str
    replies: str


EVERYWHERE = Questions(
    f"""
WITH touched (id) AS (
    SELECT delegate_id FROM turns WHERE at >= :since
    UNION SELECT row_id FROM corrections WHERE at >= :since AND table_name = 'delegates'
    UNION SELECT d.id FROM corrections AS c CROSS JOIN delegates AS d ON d.document_id = c.row_id
           WHERE c.at >= :since AND c.table_name = 'documents' AND c.field IN ('state', 'meeting'))
{ROWS}
  FROM touched CROSS JOIN delegates AS d ON d.id = touched.id
  JOIN documents AS n ON n.id = d.document_id
  LEFT JOIN successions AS s ON s.delegate_id = d.id
{ORDER}""",  # noqa: S608 - our own words
    EDITS + " ORDER BY id",
    DELETED,
    REPLIES + " ORDER BY n.id",
)
"""By time, in all notes."""
