-- Drafts that tell a mission who stands on the list for it and ask what is wrong in it; laid into
-- the mailbox's drafts, sent by nobody but a person. told: what the draft says of each person, as a
-- JSON list, null until it is laid. who: null where the program asked by itself.
CREATE TABLE confirmation_drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    to_state TEXT NOT NULL CHECK (to_state GLOB '[A-Z][A-Z][A-Z]'),
    document_id INTEGER REFERENCES documents (id) ON DELETE SET NULL,  -- the note it answers
    who TEXT,
    token TEXT NOT NULL UNIQUE,           -- stands in its Message-ID and, shorter, in its subject
    told TEXT,
    until TEXT,                           -- the day by which an answer is asked for
    state TEXT NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'placed', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    at TEXT NOT NULL
);
CREATE UNIQUE INDEX confirmation_drafts_wanted ON confirmation_drafts (meeting, to_state)
 WHERE state = 'wanted';
CREATE INDEX confirmation_drafts_by_state ON confirmation_drafts (meeting, to_state, id);

-- What came back by mail. verdict: what a person said of it, and nothing else says so.
CREATE TABLE confirmation_answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    draft INTEGER NOT NULL REFERENCES confirmation_drafts (id) ON DELETE CASCADE,
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    text TEXT NOT NULL DEFAULT '',
    verdict TEXT CHECK (verdict IN ('confirmed', 'errors')),
    who TEXT,
    at TEXT,
    UNIQUE (draft, message)
);
CREATE INDEX confirmation_answers_by_message ON confirmation_answers (message);

CREATE TRIGGER confirmation_drafts_recorded AFTER INSERT ON confirmation_drafts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('confirmation_drafts', NEW.id, NULL, 'insert', NULL,
           json_object('id', NEW.id, 'meeting', NEW.meeting, 'to_state', NEW.to_state,
               'document_id', NEW.document_id, 'who', NEW.who, 'token', NEW.token,
               'state', NEW.state, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER confirmation_drafts_removed AFTER DELETE ON confirmation_drafts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('confirmation_drafts', OLD.id, NULL, 'delete',
           json_object('id', OLD.id, 'meeting', OLD.meeting, 'to_state', OLD.to_state,
               'document_id', OLD.document_id, 'who', OLD.who, 'token', OLD.token,
               'state', OLD.state, 'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER confirmation_answers_judged AFTER UPDATE OF verdict ON confirmation_answers
WHEN NEW.verdict IS NOT OLD.verdict AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('confirmation_answers', NEW.id,
           (SELECT c.document_id FROM confirmation_drafts AS c WHERE c.id = NEW.draft), 'update',
           json_object('verdict', OLD.verdict, 'who', OLD.who, 'at', OLD.at),
           json_object('verdict', NEW.verdict, 'who', NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
