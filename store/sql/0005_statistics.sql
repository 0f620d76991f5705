-- What the query planner should expect: many documents, a few delegates each. Without it, a new
-- database sorts all of delegation_list to show its first page. ANALYZE replaces it by facts.
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('documents', 'documents_newest', '100000 500 25 2 1'),
    ('documents', 'documents_by_meeting', '100000 1000 6'),
    ('documents', 'documents_by_message', '100000 2'),
    ('documents', 'documents_by_outcome', '100000 1000 100'),
    ('documents', 'documents_by_sha256', '100000 2'),
    ('delegates', 'delegates_by_document', '300000 3 1 1'),
    ('delegates', 'delegates_by_status', '300000 60000');
