-- Moments are UTC, ISO 8601 to the second ("2019-04-03T09:15:00Z"), so that text compares as time.
-- Days are ISO 8601 dates. Confidences run from 0 to 1. Pages and seq count from 1.

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- One row, inside a transaction only: who writes. 'pipeline' silences the correction triggers.
CREATE TABLE writer (who TEXT NOT NULL);

CREATE TABLE states (
    iso3 TEXT PRIMARY KEY,
    name_en TEXT NOT NULL,
    party INTEGER NOT NULL DEFAULT 0,    -- to the Convention against Corruption, today
    party_since TEXT,                    -- day of ratification or accession, null: long ago
    party_note TEXT
);
CREATE INDEX states_parties_by_name ON states (party, name_en);

CREATE TABLE meetings (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    starts TEXT,
    ends TEXT,
    place TEXT,
    deadline TEXT,                       -- last day for replies, a day in Vienna
    deadline_ends TEXT,                  -- first moment after that day; kept by a trigger
    reply_address TEXT,
    office TEXT,
    issued TEXT,
    added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'pending'
        CHECK (outcome IN ('processed', 'duplicate', 'skipped', 'set_aside', 'pending')),
    reason TEXT,
    problem TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    message_id TEXT,
    from_address TEXT,
    subject TEXT,
    sent_at TEXT,
    received_at TEXT,
    duplicate_of INTEGER REFERENCES messages (id) ON DELETE SET NULL,
    kept_at TEXT NOT NULL,
    parsed_at TEXT
);
CREATE INDEX messages_by_sha256 ON messages (sha256);
CREATE INDEX messages_by_outcome ON messages (outcome);
CREATE INDEX messages_by_received ON messages (received_at);

-- Where a message was seen: RFC 9051 section 2.3.1.1. The newest is the highest id.
CREATE TABLE sightings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    account TEXT NOT NULL,
    folder TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    seen_at TEXT NOT NULL,
    UNIQUE (account, folder, uidvalidity, uid)
);
CREATE INDEX sightings_by_message ON sightings (message);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    filename TEXT NOT NULL,
    media_type TEXT NOT NULL,
    message INTEGER REFERENCES messages (id) ON DELETE CASCADE,
    part INTEGER,                        -- order within the message, from 1
    received_at TEXT,                    -- of the message; null for a scan from a folder
    outcome TEXT NOT NULL DEFAULT 'pending'
        CHECK (outcome IN ('processed', 'duplicate', 'rejected', 'failed', 'pending')),
    reason TEXT,
    problem TEXT,                        -- found when it was taken in: damaged_base64, ...
    accepted INTEGER NOT NULL DEFAULT 0, -- 1: a person overruled a rejection
    attempts INTEGER NOT NULL DEFAULT 0, -- begun and not ended
    duplicate_of INTEGER REFERENCES documents (id) ON DELETE SET NULL,
    pages INTEGER,
    language TEXT,
    form TEXT,
    kind TEXT CHECK (trim(kind) IN ('', 'nomination', 'revision', 'decline', 'acknowledgement',
                              'extension_request', 'other')),
    revision TEXT CHECK (trim(revision) IN ('', 'replaces', 'adds', 'substitutes')),
    state TEXT,
    meeting TEXT,
    quoted_reference TEXT,
    note_reference TEXT,
    note_date TEXT,
    announced INTEGER,
    supersedes INTEGER REFERENCES documents (id) ON DELETE SET NULL,
    doubts TEXT NOT NULL DEFAULT '[]',   -- JSON list of {code, field, detail}
    settings_version TEXT,
    kept_at TEXT NOT NULL,
    processed_at TEXT
);
CREATE INDEX documents_by_sha256 ON documents (sha256);
CREATE INDEX documents_by_message ON documents (message);
CREATE INDEX documents_by_outcome ON documents (outcome, reason);
CREATE INDEX documents_by_meeting ON documents (meeting, state);
CREATE INDEX documents_newest ON documents (state, note_date DESC, received_at DESC, id DESC);

CREATE TABLE dropped_parts (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    filename TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX dropped_parts_by_message ON dropped_parts (message);

CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('read', 'warned', 'failed')),
    reason TEXT,
    language TEXT,
    mean_confidence REAL NOT NULL,
    text TEXT NOT NULL,
    body BLOB NOT NULL,                  -- the whole page, see store/codec.py
    UNIQUE (document_id, number)
);

-- What the extraction said last, word for word: evidence, and the base for comparing readings.
CREATE TABLE readings (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    settings_version TEXT NOT NULL,
    note TEXT NOT NULL,                  -- JSON, see store/codec.py
    read_at TEXT NOT NULL
);

CREATE TABLE page_cache (
    sha256 TEXT NOT NULL,
    page INTEGER NOT NULL,
    settings_version TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (sha256, page, settings_version)
) WITHOUT ROWID;

CREATE TABLE delegates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    seq INTEGER,                         -- null only while a row is being added by hand
    honorific TEXT,
    name TEXT NOT NULL,
    title TEXT,
    organization TEXT,
    email TEXT,
    phone TEXT,
    role TEXT CHECK (trim(role) IN ('', 'head', 'alternate', 'member', 'adviser', 'observer')),
    confidence REAL NOT NULL DEFAULT 1.0,
    status TEXT NOT NULL DEFAULT 'new'
        CHECK (status IN ('new', 'needs_review', 'approved', 'corrected', 'rejected')),
    current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)),
    reasons TEXT NOT NULL DEFAULT '[]',  -- JSON list of codes; computed
    doubts TEXT NOT NULL DEFAULT '[]',   -- JSON list of {code, field, detail}, of this row alone
    origin TEXT NOT NULL DEFAULT 'added' CHECK (origin IN ('read', 'added')),
    read_seq INTEGER,                    -- which delegate of the reading it came from
    read_name TEXT
);
CREATE INDEX delegates_by_document ON delegates (document_id, seq, id);
CREATE INDEX delegates_by_status ON delegates (status);

-- Every change by a person. A deleted row is kept whole in old, as JSON; an added one in new.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    document_id INTEGER,
    action TEXT NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
    field TEXT,
    old TEXT,
    new TEXT,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX corrections_by_row ON corrections (table_name, row_id);
CREATE INDEX corrections_by_document ON corrections (document_id);

-- Documents whose current, supersedes and reasons have to be computed again.
CREATE TABLE stale (document_id INTEGER PRIMARY KEY);
