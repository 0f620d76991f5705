-- Personal data that was removed for good. Nothing here says whose it was.
CREATE TABLE forgotten (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL CHECK (what IN ('person', 'meeting', 'older_than')),
    detail TEXT,                         -- the meeting's reference, or the number of days
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    documents INTEGER NOT NULL,
    delegates INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    corrections INTEGER NOT NULL,
    originals INTEGER NOT NULL           -- files
);

-- Files that are not taken in again: SHA-256 of scans and of raw messages.
CREATE TABLE forgotten_files (
    sha256 TEXT PRIMARY KEY,
    forgotten INTEGER NOT NULL REFERENCES forgotten (id)
) WITHOUT ROWID;

-- What is still to be done after the rows are gone: originals to unlink, by their SHA-256, and
-- 'database', whose free pages still hold the old bytes. Worked off by store/erase.py.
CREATE TABLE erasures (what TEXT PRIMARY KEY) WITHOUT ROWID;

ALTER TABLE documents ADD COLUMN forgotten_at TEXT;
ALTER TABLE messages ADD COLUMN forgotten_at TEXT;
CREATE INDEX documents_forgotten ON documents (message) WHERE forgotten_at IS NOT NULL;

CREATE TRIGGER forgotten_document_again AFTER INSERT ON documents
WHEN EXISTS (SELECT 1 FROM forgotten_files WHERE sha256 = NEW.sha256)
BEGIN
    UPDATE documents
       SET outcome = 'duplicate', reason = 'forgotten', filename = 'forgotten',
           forgotten_at = NEW.kept_at
     WHERE id = NEW.id;
END;

CREATE TRIGGER forgotten_message_again AFTER INSERT ON messages
WHEN EXISTS (SELECT 1 FROM forgotten_files WHERE sha256 = NEW.sha256)
BEGIN
    UPDATE messages
       SET outcome = CASE NEW.outcome WHEN 'pending' THEN 'skipped' ELSE NEW.outcome END,
           reason = 'forgotten', forgotten_at = NEW.kept_at, parsed_at = NEW.kept_at
     WHERE id = NEW.id;
END;

-- A document that was asked for again has its name back from the file that brings it.
CREATE TRIGGER forgotten_document_named AFTER INSERT ON documents
WHEN NEW.duplicate_of IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM forgotten_files WHERE sha256 = NEW.sha256)
BEGIN
    UPDATE documents SET filename = NEW.filename
     WHERE id = NEW.duplicate_of AND filename = 'forgotten';
END;
