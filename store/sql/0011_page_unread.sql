-- A page that was not read had two codes for one thing, page_failed at the rows and page_unread at
-- the note; a row said both. The rows of such documents are worked out again at the next start.
INSERT OR IGNORE INTO stale (document_id)
SELECT DISTINCT document_id FROM pages WHERE outcome = 'failed';
