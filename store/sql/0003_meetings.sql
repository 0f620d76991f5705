-- The end of the deadline's day in Vienna as a moment in UTC. Summer time there runs from the
-- last Sunday of March to the last Sunday of October since 1996 (Directive 2000/84/EC), and the
-- clocks change after midnight. In SQL, so that a deadline edited by hand counts at once.
CREATE TRIGGER meetings_deadline_insert AFTER INSERT ON meetings
BEGIN
    UPDATE meetings SET deadline_ends = strftime('%Y-%m-%dT%H:%M:%SZ', date(deadline, '+1 day'),
        CASE WHEN date(deadline, '+1 day')
                    > date(strftime('%Y-03-25', date(deadline, '+1 day')), 'weekday 0')
              AND date(deadline, '+1 day')
                    <= date(strftime('%Y-10-25', date(deadline, '+1 day')), 'weekday 0')
             THEN '-2 hours' ELSE '-1 hours' END)
     WHERE id = NEW.id;
END;

CREATE TRIGGER meetings_deadline_update AFTER UPDATE OF deadline ON meetings
BEGIN
    UPDATE meetings SET deadline_ends = strftime('%Y-%m-%dT%H:%M:%SZ', date(deadline, '+1 day'),
        CASE WHEN date(deadline, '+1 day')
                    > date(strftime('%Y-03-25', date(deadline, '+1 day')), 'weekday 0')
              AND date(deadline, '+1 day')
                    <= date(strftime('%Y-10-25', date(deadline, '+1 day')), 'weekday 0')
             THEN '-2 hours' ELSE '-1 hours' END)
     WHERE id = NEW.id;
END;

-- '+0 days' makes date() count: without it 2019-02-30 passes unchanged.
CREATE TRIGGER meetings_check_insert BEFORE INSERT ON meetings
BEGIN
    SELECT RAISE(ABORT, 'a meeting needs a reference and a title')
     WHERE coalesce(trim(NEW.reference), '') = '' OR coalesce(trim(NEW.title), '') = '';
    SELECT RAISE(ABORT, 'starts, ends, deadline and issued must be dates like 2019-05-10')
     WHERE (NEW.starts IS NOT NULL AND date(NEW.starts, '+0 days') IS NOT NEW.starts)
        OR (NEW.ends IS NOT NULL AND date(NEW.ends, '+0 days') IS NOT NEW.ends)
        OR (NEW.deadline IS NOT NULL AND date(NEW.deadline, '+0 days') IS NOT NEW.deadline)
        OR (NEW.issued IS NOT NULL AND date(NEW.issued, '+0 days') IS NOT NEW.issued);
END;

CREATE TRIGGER meetings_check_update BEFORE UPDATE ON meetings
BEGIN
    SELECT RAISE(ABORT, 'a meeting needs a reference and a title')
     WHERE coalesce(trim(NEW.reference), '') = '' OR coalesce(trim(NEW.title), '') = '';
    SELECT RAISE(ABORT, 'starts, ends, deadline and issued must be dates like 2019-05-10')
     WHERE (NEW.starts IS NOT NULL AND date(NEW.starts, '+0 days') IS NOT NEW.starts)
        OR (NEW.ends IS NOT NULL AND date(NEW.ends, '+0 days') IS NOT NEW.ends)
        OR (NEW.deadline IS NOT NULL AND date(NEW.deadline, '+0 days') IS NOT NEW.deadline)
        OR (NEW.issued IS NOT NULL AND date(NEW.issued, '+0 days') IS NOT NEW.issued);
END;

-- Documents follow a meeting whose reference is mended; that is no correction of the documents.
CREATE TRIGGER meetings_renamed AFTER UPDATE OF reference ON meetings
WHEN NEW.reference IS NOT OLD.reference
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents SET meeting = NEW.reference WHERE meeting = OLD.reference;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

CREATE TRIGGER meetings_deleted AFTER DELETE ON meetings
BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM documents WHERE meeting = OLD.reference;
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents SET meeting = NULL WHERE meeting = OLD.reference;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;
