-- Rows that nobody had to look at: read, nothing doubtful. place: from 0 to 1, by a keyed hash of the
-- file and the row's number in it; the lowest places of a meeting are audited (store/learn/audits.py),
-- so that a row that comes late has the same chance and nothing is ever drawn anew.
CREATE TABLE draws (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    meeting TEXT NOT NULL,               -- '' if unknown
    place REAL NOT NULL
);
CREATE INDEX draws_in_order ON draws (meeting, place, delegate_id);
CREATE INDEX draws_by_document ON draws (document_id);

-- How many there are of each meeting, so that nobody waits for the count.
CREATE TABLE draw_totals (meeting TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER draw_counted AFTER INSERT ON draws
BEGIN
    INSERT INTO draw_totals VALUES (NEW.meeting, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER draw_gone AFTER DELETE ON draws
BEGIN
    UPDATE draw_totals SET n = n - 1 WHERE meeting = OLD.meeting;
END;
CREATE TRIGGER draw_moved AFTER UPDATE OF meeting ON draws
WHEN NEW.meeting IS NOT OLD.meeting
BEGIN
    UPDATE draw_totals SET n = n - 1 WHERE meeting = OLD.meeting;
    INSERT INTO draw_totals VALUES (NEW.meeting, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER draws_of_meeting AFTER UPDATE OF meeting ON documents
WHEN NEW.meeting IS NOT OLD.meeting
BEGIN
    UPDATE draws SET meeting = coalesce(NEW.meeting, '') WHERE document_id = NEW.id;
END;

-- What somebody typed from the scan without seeing the row, and what came of it.
CREATE TABLE audits (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    typed TEXT NOT NULL,                 -- JSON: name, title, email
    read TEXT NOT NULL,                  -- JSON: the same as they had been read
    differs TEXT NOT NULL,               -- JSON: by field that differs: row, typed, or null (open)
    first_by TEXT,                       -- who had decided the row before, if somebody else had
    agrees TEXT NOT NULL DEFAULT '{}',   -- JSON: by field, whether the two of them agree
    wrong INTEGER CHECK (wrong IN (0, 1)),  -- 1: the row was wrong; null: a difference is open
    settled_at TEXT
);

INSERT OR IGNORE INTO stale (document_id)
SELECT DISTINCT document_id FROM delegates WHERE read_seq IS NOT NULL;
