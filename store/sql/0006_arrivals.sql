-- Every numbering of a folder that was met (RFC 9051 section 2.3.1.1). A second one for the same
-- folder means that the server forgot its UIDs: a restore, a move to another server.
CREATE TABLE epochs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    folder TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    began_at TEXT NOT NULL,
    listed INTEGER NOT NULL,             -- messages in the folder at the first poll
    uidnext INTEGER NOT NULL DEFAULT 0,  -- at the last poll that found anything new
    UNIQUE (account, folder, uidvalidity)
);

-- What is to be done on the server with messages that are kept here: a flag, or another folder.
-- A row is written in the transaction that keeps the message, and acted on after that.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    account TEXT NOT NULL,
    folder TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'given_up')),
    result TEXT,                         -- moved, copied, flagged, flag_only, gone, ...
    attempts INTEGER NOT NULL DEFAULT 0,
    copy_folder TEXT,                    -- a COPY may have been made: there,
    copy_uidvalidity INTEGER,            -- in that epoch,
    copy_uidnext INTEGER,                -- under this UID or a higher one
    made_at TEXT NOT NULL,
    done_at TEXT,
    UNIQUE (account, folder, uidvalidity, uid)
);
CREATE INDEX outbox_waiting ON outbox (account, folder, uidvalidity) WHERE state = 'waiting';
CREATE INDEX outbox_by_message ON outbox (message);

-- Files of the scanner folder as they were when they were taken in.
CREATE TABLE taken_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,         -- its time of modification, nanoseconds since 1970
    sha256 TEXT NOT NULL,
    message INTEGER REFERENCES messages (id) ON DELETE SET NULL,
    document INTEGER REFERENCES documents (id) ON DELETE SET NULL,
    taken_at TEXT NOT NULL
);
