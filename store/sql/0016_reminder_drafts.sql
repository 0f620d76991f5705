-- Reminders that a person asked to have laid into the mailbox's drafts; sent by nobody but a person.
CREATE TABLE reminder_drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    to_state TEXT NOT NULL CHECK (to_state GLOB '[A-Z][A-Z][A-Z]'),
    who TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,           -- stands in the draft's own header
    state TEXT NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'placed', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    at TEXT NOT NULL
);
CREATE UNIQUE INDEX reminder_drafts_wanted ON reminder_drafts (meeting, to_state)
 WHERE state = 'wanted';
