-- Replies that a person has put off: they wait at the end of the queue until that day (UTC).
CREATE TABLE postponed (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    until TEXT NOT NULL CHECK (date(until, '+0 days') IS until),
    who TEXT NOT NULL,
    at TEXT NOT NULL
);

-- Who asked for a draft; null where the program saw that one is needed.
ALTER TABLE drafts ADD COLUMN who TEXT;
