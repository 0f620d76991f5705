-- When a row of a delegate came, and when it began or ceased to count, by whosoever's doing: what
-- people write stands in corrections, what follows from a later note did not stand anywhere.
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    delegate_id INTEGER NOT NULL REFERENCES delegates (id) ON DELETE CASCADE,
    added INTEGER NOT NULL CHECK (added IN (0, 1)),
    current INTEGER NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX turns_by_time ON turns (at);
CREATE INDEX turns_by_delegate ON turns (delegate_id);
CREATE INDEX corrections_by_time ON corrections (at);
CREATE INDEX documents_by_arrival ON documents (kept_at);

CREATE TRIGGER delegates_came AFTER INSERT ON delegates
BEGIN
    INSERT INTO turns (delegate_id, added, current, at)
    VALUES (NEW.id, 1, NEW.current, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));
END;

CREATE TRIGGER delegates_turned AFTER UPDATE OF current ON delegates
WHEN NEW.current IS NOT OLD.current
BEGIN
    INSERT INTO turns (delegate_id, added, current, at)
    VALUES (NEW.id, 0, NEW.current, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));
END;

-- Of rows that are there already it is only known when their note was read.
INSERT INTO turns (delegate_id, added, current, at)
SELECT d.id, 1, d.current, coalesce(n.processed_at, n.kept_at)
  FROM delegates AS d JOIN documents AS n ON n.id = d.document_id;
