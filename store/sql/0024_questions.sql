-- Doubts of rows that a person has settled without changing the value: the same question, answered once
-- for all rows in which it was asked. kind, field and text are the question: store/rules/questions.py.
CREATE TABLE settled_doubts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    delegate_id INTEGER NOT NULL REFERENCES delegates (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('domain', 'value', 'word')),
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    who TEXT NOT NULL DEFAULT 'command line',
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    UNIQUE (delegate_id, code, kind, field, text)
);

CREATE TRIGGER settled_doubts_follow AFTER INSERT ON settled_doubts
BEGIN
    INSERT OR IGNORE INTO stale SELECT document_id FROM delegates WHERE id = NEW.delegate_id;
END;
CREATE TRIGGER settled_doubts_followed AFTER DELETE ON settled_doubts
BEGIN
    INSERT OR IGNORE INTO stale SELECT document_id FROM delegates WHERE id = OLD.delegate_id;
END;

CREATE TRIGGER settled_doubts_recorded AFTER INSERT ON settled_doubts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('settled_doubts', NEW.id,
           (SELECT d.document_id FROM delegates AS d WHERE d.id = NEW.delegate_id), 'insert', NULL,
           json_object('id', NEW.id, 'delegate_id', NEW.delegate_id, 'code', NEW.code,
               'kind', NEW.kind, 'field', NEW.field, 'text', NEW.text, 'who', NEW.who,
               'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER settled_doubts_removed AFTER DELETE ON settled_doubts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('settled_doubts', OLD.id,
           (SELECT d.document_id FROM delegates AS d WHERE d.id = OLD.delegate_id), 'delete',
           json_object('id', OLD.id, 'delegate_id', OLD.delegate_id, 'code', OLD.code,
               'kind', OLD.kind, 'field', OLD.field, 'text', OLD.text, 'who', OLD.who,
               'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
