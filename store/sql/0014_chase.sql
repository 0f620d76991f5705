-- Mission's addresses are seen in mails and on notes whenever they are asked for; here stands what
-- a person knows better: one more address, or one that was seen and is not to be used.
CREATE TABLE mission_addresses (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state GLOB '[A-Z][A-Z][A-Z]'),
    email TEXT NOT NULL COLLATE NOCASE
        CHECK (email GLOB '?*@?*.?*' AND email NOT GLOB '*[ ,;:<>()]*' AND email NOT GLOB '*@*@*'),
    wrong INTEGER NOT NULL DEFAULT 0 CHECK (wrong IN (0, 1)),
    who TEXT NOT NULL DEFAULT 'command line',
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    UNIQUE (state, email)
);

-- A State was reminded of a meeting, by whatever means.
CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state GLOB '[A-Z][A-Z][A-Z]'),
    who TEXT NOT NULL DEFAULT 'command line',
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX reminders_by_meeting ON reminders (meeting, state);

-- Which State a file is from that could not be read: the sender's other mails tell.
CREATE INDEX messages_by_sender ON messages (from_address);
