-- What became of rows that people decided: numbers alone, no value of anybody. One row a delegate,
-- written before every commit from the kept reading and the row (store/learn/verdicts.py).
CREATE TABLE verdicts (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL,
    meeting TEXT NOT NULL,               -- '' if unknown
    week TEXT NOT NULL,                  -- the Monday of the week in which it was decided
    language TEXT NOT NULL,
    layout TEXT NOT NULL,                -- way of listing: grid, item, entry, labelled, prose
    quality TEXT NOT NULL,               -- of the page: the tenth of its mean confidence
    version TEXT NOT NULL,               -- settings that it was read with
    how TEXT NOT NULL CHECK (how IN ('right', 'wrong', 'missed', 'nobody')),
    way TEXT NOT NULL CHECK (way IN ('marked', 'audit', 'alone', 'together')),
    marked INTEGER NOT NULL,             -- 1: it was to be looked at
    doubted INTEGER NOT NULL,            -- 1: for more than its chance
    seconds REAL,                        -- since the same person's decision before, if at once
    fields TEXT NOT NULL                 -- JSON: by field [chance as read, right or null, found]
);
CREATE INDEX verdicts_by_document ON verdicts (document_id);
CREATE INDEX verdicts_by_meeting ON verdicts (meeting);

-- The same counted, so that nobody waits for the sum: by meeting and one thing at a time (kind). Of
-- each field so many were read, so many rightly, with this sum of chances.
CREATE TABLE tallies (
    meeting TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    field TEXT NOT NULL,
    n REAL NOT NULL,
    right REAL NOT NULL,
    chance REAL NOT NULL,
    PRIMARY KEY (meeting, kind, value, field)
) WITHOUT ROWID;

-- Writing a delegate into this view counts its verdict once more, or once less (sign 1 or -1).
CREATE VIEW tally AS SELECT NULL AS delegate_id, NULL AS sign;
CREATE TRIGGER tally_insert INSTEAD OF INSERT ON tally
BEGIN
    INSERT INTO tallies (meeting, kind, value, field, n, right, chance)
    SELECT v.meeting, k.key, k.value, f.key, NEW.sign,
           NEW.sign * json_extract(f.value, '$[1]'), NEW.sign * json_extract(f.value, '$[0]')
      FROM verdicts AS v
     CROSS JOIN json_each(v.fields) AS f
     CROSS JOIN json_each(json_object('all', '', 'language', v.language, 'layout', v.layout,
           'quality', v.quality, 'week', v.week, 'version', v.version, 'way', v.way,
           'marked', CASE v.marked WHEN 1 THEN 'marked' ELSE 'unmarked' END,
           -- twentieths, for the plot of chance against share
           'chance', printf('%02d', min(19, CAST(json_extract(f.value, '$[0]') * 20 AS INTEGER))
           ))) AS k
     WHERE v.delegate_id = NEW.delegate_id AND json_extract(f.value, '$[1]') IS NOT NULL
        ON CONFLICT DO UPDATE SET n = n + excluded.n, right = right + excluded.right,
                                  chance = chance + excluded.chance;
    INSERT INTO tallies (meeting, kind, value, field, n, right, chance)
    SELECT meeting, 'how', how, 'row', NEW.sign, NEW.sign * (seconds IS NOT NULL),
           NEW.sign * coalesce(seconds, 0.0)
      FROM verdicts
     WHERE delegate_id = NEW.delegate_id
        ON CONFLICT DO UPDATE SET n = n + excluded.n, right = right + excluded.right,
                                  chance = chance + excluded.chance;
END;

CREATE TRIGGER verdict_counted AFTER INSERT ON verdicts
BEGIN
    INSERT INTO tally VALUES (NEW.delegate_id, 1);
END;
CREATE TRIGGER verdict_gone BEFORE DELETE ON verdicts
BEGIN
    INSERT INTO tally VALUES (OLD.delegate_id, -1);
END;
CREATE TRIGGER verdicts_of_meeting AFTER UPDATE OF meeting ON documents
WHEN NEW.meeting IS NOT OLD.meeting
BEGIN
    INSERT INTO tally SELECT delegate_id, -1 FROM verdicts WHERE document_id = NEW.id;
    UPDATE verdicts SET meeting = coalesce(NEW.meeting, '') WHERE document_id = NEW.id;
    INSERT INTO tally SELECT delegate_id, 1 FROM verdicts WHERE document_id = NEW.id;
END;

-- What was learnt from them of how likely readings are right. The last one that was not withdrawn
-- holds; none: the tables that ship.
CREATE TABLE calibrations (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    rows INTEGER NOT NULL,               -- decided rows that it was made from
    curves TEXT NOT NULL,                -- JSON, see store/rules/experience/office.py
    withdrawn_at TEXT
);

-- Rows that were decided before.
INSERT OR IGNORE INTO stale (document_id)
SELECT DISTINCT document_id FROM delegates WHERE status IN ('approved', 'corrected', 'rejected');
