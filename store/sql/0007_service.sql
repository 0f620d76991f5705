-- Every poll is written down before it begins; one that never ended was killed.
CREATE TABLE polls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    part TEXT NOT NULL CHECK (part IN ('both', 'mailbox', 'reading')),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT CHECK (outcome IN ('complete', 'failed', 'stopped', 'stalled', 'crashed')),
    reason TEXT,
    kept INTEGER NOT NULL DEFAULT 0,      -- messages and scans taken in
    documents INTEGER NOT NULL DEFAULT 0  -- documents that got an outcome
);
CREATE INDEX polls_by_outcome ON polls (outcome, part);

-- When something that failed is tried again. not_before is null while it is being tried, and
-- after the last attempt.
CREATE TABLE retries (
    kind TEXT NOT NULL CHECK (kind IN ('message', 'document')),
    id INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    not_before TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Set-aside messages that a person has laid to rest.
CREATE TABLE releases (
    message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    was TEXT,
    why TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);

-- The digest: one a period, written down as 'sending' before the server is given the text.
CREATE TABLE digests (
    period TEXT PRIMARY KEY,              -- a day, or poll-17
    state TEXT NOT NULL CHECK (state IN ('due', 'sending', 'sent', 'unconfirmed', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    not_before TEXT,
    at TEXT NOT NULL
);
CREATE TABLE digested (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    period TEXT NOT NULL
);
CREATE INDEX digested_by_period ON digested (period);

-- Draft replies for the mailbox's folder of drafts; one a document and reason.
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,           -- stands in the draft's own header
    language TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'placed', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    at TEXT NOT NULL,
    UNIQUE (document, reason)
);
CREATE INDEX drafts_by_state ON drafts (state);
