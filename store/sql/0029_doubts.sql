-- What marked a decided row beside its chance, and whether it was right in all that counts: of such
-- rows an office learns which doubts need nobody (store/rules/experience/doubted.py).
ALTER TABLE verdicts ADD COLUMN own INTEGER NOT NULL DEFAULT 0;     -- doubts that a chance may answer
ALTER TABLE verdicts ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;  -- 1: its note was doubted so
ALTER TABLE verdicts ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;    -- 1: a doubt no chance answers
-- 1: name, title, address and every doubted field are right
ALTER TABLE verdicts ADD COLUMN sound INTEGER NOT NULL DEFAULT 0;

-- Rows that were left alone in spite of doubts, and were wrong.
CREATE INDEX verdicts_left_alone ON verdicts (delegate_id)
 WHERE marked = 0 AND sound = 0 AND asks = 0 AND own + beside > 0;

-- Rows that were decided before.
INSERT OR IGNORE INTO stale (document_id) SELECT DISTINCT document_id FROM verdicts;
