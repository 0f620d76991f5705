-- A doubt about a value is settled when a person has put another value in its place. One that was
-- put back, or whose change was taken back, is as doubtful as it was. Until now the queue took a
-- field for settled that was ever written, and the review page one that says something else.

-- The fields whose last value by a person is not the one that was read.
CREATE VIEW settled_fields AS
SELECT c.table_name AS table_name, c.row_id AS row_id, c.field AS field
  FROM corrections AS c
 WHERE c.action = 'update'
   AND NOT EXISTS (SELECT 1 FROM corrections AS later
                    WHERE later.table_name = c.table_name AND later.row_id = c.row_id
                      AND later.action = 'update' AND later.field = c.field AND later.id > c.id)
   AND c.new IS NOT (SELECT read.old FROM corrections AS read
                      WHERE read.table_name = c.table_name AND read.row_id = c.row_id
                        AND read.action = 'update' AND read.field = c.field
                      ORDER BY read.id LIMIT 1);

DROP VIEW doubts_of_rows;
DROP VIEW doubts_of_notes;

-- What the reading doubts, one row a doubt and delegate: of the row itself, and of its note.
-- Two views and not one: SQLite looks a row of a UNION up only by a constant, and the triggers ask
-- for one delegate after another.
CREATE VIEW doubts_of_rows AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       nullif(json_extract(x.value, '$.detail'), '') AS detail,
       EXISTS (SELECT 1 FROM settled_fields AS s
                WHERE s.table_name = 'delegates' AND s.row_id = d.id
                  AND s.field = json_extract(x.value, '$.field')) AS settled
  FROM delegates AS d
 CROSS JOIN json_each(d.doubts) AS x;

CREATE VIEW doubts_of_notes AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       nullif(json_extract(x.value, '$.detail'), '') AS detail,
       EXISTS (SELECT 1 FROM settled_fields AS s
                WHERE s.table_name = 'documents' AND s.row_id = n.id
                  AND s.field = json_extract(x.value, '$.field')) AS settled
  FROM delegates AS d
 CROSS JOIN documents AS n ON n.id = d.document_id
 CROSS JOIN json_each(n.doubts) AS x;
