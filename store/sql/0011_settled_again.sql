-- What people have edited is looked at again, by what is settled from now on.
INSERT INTO note_refresh
SELECT DISTINCT row_id FROM corrections
 WHERE table_name = 'documents' AND row_id IN (SELECT id FROM documents);
INSERT OR IGNORE INTO stale (document_id)
SELECT DISTINCT document_id FROM corrections WHERE document_id IN (SELECT id FROM documents);
