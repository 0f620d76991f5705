CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");


CREATE TABLE audits (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    typed TEXT NOT NULL,                 -- JSON: name, title, email
    read TEXT NOT NULL,                  -- JSON: the same as they had been read
    differs TEXT NOT NULL,               -- JSON: by field that differs: row, typed, or null (open)
    first_by TEXT,                       -- who had decided the row before, if somebody else had
    agrees TEXT NOT NULL DEFAULT '{}',   -- JSON: by field, whether the two of them agree
    wrong INTEGER CHECK (wrong IN (0, 1)),  -- 1: the row was wrong; null: a difference is open
    settled_at TEXT
);


CREATE TABLE calibrations (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    rows INTEGER NOT NULL,               -- decided rows that it was made from
    curves TEXT NOT NULL,                -- JSON, see store/rules/experience/office.py
    withdrawn_at TEXT
);


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

CREATE TRIGGER confirmation_answers_judged AFTER UPDATE OF verdict ON confirmation_answers
WHEN NEW.verdict IS NOT OLD.verdict AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('confirmation_answers', NEW.id,
           (SELECT c.document_id FROM confirmation_drafts AS c WHERE c.id = NEW.draft), 'update',
           json_object('verdict', OLD.verdict, 'who', OLD.who, 'at', OLD.at),
           json_object('verdict', NEW.verdict, 'who', NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;


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

CREATE INDEX confirmation_drafts_by_state ON confirmation_drafts (meeting, to_state, id);

CREATE UNIQUE INDEX confirmation_drafts_wanted ON confirmation_drafts (meeting, to_state)
 WHERE state = 'wanted';

CREATE TRIGGER confirmation_drafts_recorded AFTER INSERT ON confirmation_drafts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
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
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('confirmation_drafts', OLD.id, NULL, 'delete',
           json_object('id', OLD.id, 'meeting', OLD.meeting, 'to_state', OLD.to_state,
               'document_id', OLD.document_id, 'who', OLD.who, 'token', OLD.token,
               'state', OLD.state, 'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;


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
, step INTEGER, undoes INTEGER, undone INTEGER);

CREATE INDEX corrections_by_document ON corrections (document_id);

CREATE INDEX corrections_by_row ON corrections (table_name, row_id);

CREATE INDEX corrections_by_step ON corrections (step);

CREATE INDEX corrections_by_time ON corrections (at);

CREATE INDEX corrections_of_states ON corrections (id)
 WHERE table_name = 'documents' AND field = 'state';

CREATE TRIGGER corrections_step AFTER INSERT ON corrections WHEN NEW.step IS NULL
BEGIN
    UPDATE corrections
       SET step = coalesce(
           (SELECT w.step FROM writer AS w WHERE w.step IS NOT NULL LIMIT 1),
           (SELECT p.step FROM corrections AS p
             WHERE p.id = (SELECT max(id) FROM corrections WHERE id < NEW.id)
               AND p.who = NEW.who AND p.undoes IS NULL
               AND (p.at = NEW.at OR (total_changes() > 0
                    AND (julianday(NEW.at) - julianday(p.at)) * 86400.0 BETWEEN 0.0 AND 2.0))),
           NEW.id)
     WHERE id = NEW.id;
END;

CREATE TRIGGER documents_doubts_settled AFTER INSERT ON corrections
WHEN NEW.table_name = 'documents' AND NEW.action = 'update'
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates
       SET reasons = (SELECT json_group_array(r.value) FROM json_each(delegates.reasons) AS r
                       WHERE NOT (r.value = 'meeting_unknown' AND NEW.field = 'meeting')
                         AND r.value NOT IN (SELECT s.reason FROM settled_reasons AS s
                                              WHERE s.delegate_id = delegates.id))
     WHERE document_id = NEW.row_id AND reasons <> '[]';
    UPDATE delegates SET status = 'new'
     WHERE document_id = NEW.row_id AND status = 'needs_review' AND reasons = '[]'
       AND NOT EXISTS (SELECT 1 FROM corrections AS c
                        WHERE c.table_name = 'delegates' AND c.row_id = delegates.id
                          AND c.field = 'status');
    UPDATE delegates SET current = 0
     WHERE document_id = NEW.row_id AND NEW.field = 'outcome'
       AND NEW.new NOT IN ('processed', 'pending', 'failed')
       AND NOT EXISTS (SELECT 1 FROM corrections AS c
                        WHERE c.table_name = 'delegates' AND c.row_id = delegates.id
                          AND c.field = 'current');
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

CREATE TRIGGER note_field_written AFTER INSERT ON corrections
WHEN NEW.table_name = 'documents' AND NEW.action = 'update'
BEGIN
    INSERT INTO note_refresh VALUES (NEW.row_id);
END;


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
, due TEXT, name_latin TEXT, latin_source TEXT, latin_confirmed INTEGER, worth REAL NOT NULL DEFAULT 0.0, halvings REAL NOT NULL DEFAULT 99.0);

CREATE INDEX delegates_by_document ON delegates (document_id, seq, id, current, status);

CREATE INDEX delegates_by_email ON delegates (email) WHERE email IS NOT NULL;

CREATE INDEX delegates_by_name ON delegates (name);

CREATE INDEX delegates_by_reasons ON delegates (reasons)
 WHERE status = 'needs_review' AND current = 1;

CREATE INDEX delegates_by_status ON delegates (status);

CREATE INDEX delegates_changed ON delegates (id) WHERE instr(reasons, '"reading_changed"') > 0;

CREATE INDEX delegates_decided ON delegates (document_id)
 WHERE current = 1 AND status IN ('approved', 'corrected')
   AND instr(reasons, '"reading_changed"') = 0;

CREATE INDEX delegates_known_latin ON delegates (name) WHERE name_latin IS NOT NULL;

CREATE INDEX delegates_offered ON delegates (document_id) WHERE instr(doubts, '"known_') > 0;

CREATE INDEX delegates_to_review ON delegates
    (halvings + julianday(coalesce(due, '9999-12-31')) / 14.0, document_id, seq, id)
 WHERE current = 1
   AND (status = 'needs_review' OR instr(reasons, '"reading_changed"') > 0);

CREATE INDEX delegates_unseen ON delegates (due IS NULL, due, document_id, seq, id)
 WHERE current = 1 AND status = 'new';

CREATE INDEX delegates_without_address ON delegates (document_id, seq, id)
 WHERE current = 1 AND coalesce(trim(email), '') = '';

CREATE TRIGGER delegates_added AFTER INSERT ON delegates
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates
       SET honorific = nullif(trim(NEW.honorific), ''),
           name = nullif(trim(NEW.name), ''),
           title = nullif(trim(NEW.title), ''),
           organization = nullif(trim(NEW.organization), ''),
           email = nullif(lower(trim(NEW.email)), ''),
           phone = nullif(trim(NEW.phone), ''),
           role = nullif(trim(NEW.role), ''),
           seq = coalesce(NEW.seq, (SELECT coalesce(max(seq), 0) + 1 FROM delegates
                                     WHERE document_id = NEW.document_id AND id <> NEW.id)),
           status = CASE WHEN NEW.status IN ('approved', 'rejected') THEN NEW.status
                         ELSE 'corrected' END,
           origin = 'added', read_seq = NULL, read_name = NULL, doubts = '[]', reasons = '[]'
     WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT INTO corrections(table_name, row_id, document_id, action, new, who, at)
    SELECT 'delegates', d.id, d.document_id, 'insert',
           json_object('document_id', d.document_id, 'seq', d.seq, 'honorific', d.honorific,
               'name', d.name,
               'title', d.title, 'organization', d.organization, 'email', d.email, 'phone', d.phone,
               'role', d.role, 'status', d.status, 'current', d.current, 'origin', d.origin,
               'read_seq', d.read_seq, 'read_name', d.read_name),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM delegates AS d WHERE d.id = NEW.id;
    INSERT OR IGNORE INTO stale (document_id) VALUES (NEW.document_id);
END;

CREATE TRIGGER delegates_came AFTER INSERT ON delegates
BEGIN
    INSERT INTO turns (delegate_id, added, current, at)
    VALUES (NEW.id, 1, NEW.current, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));
END;

CREATE TRIGGER delegates_check_insert BEFORE INSERT ON delegates
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'name must not be empty') WHERE coalesce(trim(NEW.name), '') = '';
    SELECT RAISE(ABORT, 'document_id: there is no such document')
     WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
    SELECT RAISE(ABORT, 'email is no address: it needs one @, a domain with a dot, and no spaces')
     WHERE nullif(trim(NEW.email), '') IS NOT NULL
       AND (trim(NEW.email) NOT GLOB '?*@?*.?*' OR trim(NEW.email) GLOB '*@*@*'
            OR trim(NEW.email) GLOB '*[][ ,;:<>()"\]*'
            OR trim(NEW.email) GLOB '*[' || char(1) || '-' || char(31) || ']*'
            OR instr(NEW.email, '..') > 0 OR instr(NEW.email, '@.') > 0
            OR instr(NEW.email, '.@') > 0 OR instr(NEW.email, '@-') > 0
            OR trim(NEW.email) GLOB '.*' OR trim(NEW.email) GLOB '*[.-]'
            OR length(trim(NEW.email)) > 254);
    SELECT RAISE(ABORT, 'role must be head, alternate, member, adviser, observer or empty')
     WHERE nullif(trim(NEW.role), '') IS NOT NULL
       AND trim(NEW.role) NOT IN ('head', 'alternate', 'member', 'adviser', 'observer');
    SELECT RAISE(ABORT, 'status must be new, needs_review, approved, corrected or rejected')
     WHERE coalesce(NEW.status, '')
       NOT IN ('new', 'needs_review', 'approved', 'corrected', 'rejected');
    SELECT RAISE(ABORT, 'current must be 0 or 1') WHERE NEW.current IS NULL
        OR NEW.current NOT IN (0, 1);
    SELECT RAISE(ABORT, 'seq must be a whole number from 1')
     WHERE NEW.seq IS NOT NULL AND (typeof(NEW.seq) <> 'integer' OR NEW.seq < 1);
END;

CREATE TRIGGER delegates_check_update BEFORE UPDATE ON delegates
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'the id of a delegate cannot be changed') WHERE NEW.id IS NOT OLD.id;
    SELECT RAISE(ABORT, 'name must not be empty') WHERE coalesce(trim(NEW.name), '') = '';
    SELECT RAISE(ABORT, 'document_id: there is no such document')
     WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
    SELECT RAISE(ABORT, 'email is no address: it needs one @, a domain with a dot, and no spaces')
     WHERE NEW.email IS NOT OLD.email AND nullif(trim(NEW.email), '') IS NOT NULL
       AND (trim(NEW.email) NOT GLOB '?*@?*.?*' OR trim(NEW.email) GLOB '*@*@*'
            OR trim(NEW.email) GLOB '*[][ ,;:<>()"\]*'
            OR trim(NEW.email) GLOB '*[' || char(1) || '-' || char(31) || ']*'
            OR instr(NEW.email, '..') > 0 OR instr(NEW.email, '@.') > 0
            OR instr(NEW.email, '.@') > 0 OR instr(NEW.email, '@-') > 0
            OR trim(NEW.email) GLOB '.*' OR trim(NEW.email) GLOB '*[.-]'
            OR length(trim(NEW.email)) > 254);
    SELECT RAISE(ABORT, 'role must be head, alternate, member, adviser, observer or empty')
     WHERE NEW.role IS NOT OLD.role AND nullif(trim(NEW.role), '') IS NOT NULL
       AND trim(NEW.role) NOT IN ('head', 'alternate', 'member', 'adviser', 'observer');
    SELECT RAISE(ABORT, 'status must be new, needs_review, approved, corrected or rejected')
     WHERE coalesce(NEW.status, '')
       NOT IN ('new', 'needs_review', 'approved', 'corrected', 'rejected');
    SELECT RAISE(ABORT, 'current must be 0 or 1') WHERE NEW.current IS NULL
        OR NEW.current NOT IN (0, 1);
    SELECT RAISE(ABORT, 'seq must be a whole number from 1')
     WHERE NEW.seq IS NOT OLD.seq AND NEW.seq IS NOT NULL
       AND (typeof(NEW.seq) <> 'integer' OR NEW.seq < 1);
END;

CREATE TRIGGER delegates_deleted AFTER DELETE ON delegates
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, who, at)
    VALUES ('delegates', OLD.id, OLD.document_id, 'delete',
           json_object('document_id', OLD.document_id, 'seq', OLD.seq, 'honorific', OLD.honorific,
               'name', OLD.name, 'title', OLD.title, 'organization', OLD.organization,
               'email', OLD.email, 'phone', OLD.phone,
               'role', OLD.role, 'status', OLD.status, 'current', OLD.current, 'origin', OLD.origin,
               'read_seq', OLD.read_seq, 'read_name', OLD.read_name, 'confidence', OLD.confidence, 'doubts', OLD.doubts, 'name_latin', OLD.name_latin),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
    INSERT OR IGNORE INTO stale (document_id) VALUES (OLD.document_id);
END;

CREATE TRIGGER delegates_edited
AFTER UPDATE OF document_id, seq, honorific, name, title, organization,
                email, phone, role, status, current ON delegates
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, field, old, new, who, at)
    SELECT 'delegates', NEW.id, OLD.document_id, 'update', field, old, new,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM (SELECT 'document_id' AS field, OLD.document_id AS old, NEW.document_id AS new
        UNION ALL SELECT 'seq', OLD.seq, NEW.seq
        UNION ALL SELECT 'honorific', OLD.honorific, nullif(trim(NEW.honorific), '')
        UNION ALL SELECT 'name', OLD.name, nullif(trim(NEW.name), '')
        UNION ALL SELECT 'title', OLD.title, nullif(trim(NEW.title), '')
        UNION ALL SELECT 'organization', OLD.organization, nullif(trim(NEW.organization), '')
        UNION ALL SELECT 'email', OLD.email, nullif(lower(trim(NEW.email)), '')
        UNION ALL SELECT 'phone', OLD.phone, nullif(trim(NEW.phone), '')
        UNION ALL SELECT 'role', OLD.role, nullif(trim(NEW.role), '')
        UNION ALL SELECT 'status', OLD.status, NEW.status
        UNION ALL SELECT 'current', OLD.current, NEW.current UNION ALL SELECT 'reading_changed', CASE WHEN instr(OLD.reasons, '"reading_changed"') > 0 THEN 1 END, NULL)
     WHERE old IS NOT new;
    INSERT INTO writer (who) VALUES ('pipeline');
    -- an edited value makes the row 'corrected', unless the same edit approves or rejects it;
    -- whoever touches the row has seen that its reading changed
    UPDATE delegates
       SET honorific = nullif(trim(NEW.honorific), ''),
           name = nullif(trim(NEW.name), ''),
           title = nullif(trim(NEW.title), ''),
           organization = nullif(trim(NEW.organization), ''),
           email = nullif(lower(trim(NEW.email)), ''),
           phone = nullif(trim(NEW.phone), ''),
           role = nullif(trim(NEW.role), ''),
           status = CASE WHEN NEW.status IS NOT OLD.status THEN NEW.status
                         WHEN nullif(trim(NEW.honorific), '') IS NOT OLD.honorific
                           OR nullif(trim(NEW.name), '') IS NOT OLD.name
                           OR nullif(trim(NEW.title), '') IS NOT OLD.title
                           OR nullif(trim(NEW.organization), '') IS NOT OLD.organization
                           OR nullif(lower(trim(NEW.email)), '') IS NOT OLD.email
                           OR nullif(trim(NEW.phone), '') IS NOT OLD.phone
                           OR nullif(trim(NEW.role), '') IS NOT OLD.role
                         THEN 'corrected' ELSE NEW.status END,
           origin = CASE WHEN NEW.document_id IS NOT OLD.document_id THEN 'added'
                         ELSE origin END,
           reasons = (SELECT json_group_array(value) FROM json_each(NEW.reasons)
                       WHERE value <> 'reading_changed' AND value NOT IN (SELECT s.reason FROM settled_reasons AS s WHERE s.delegate_id = NEW.id))
     WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT OR IGNORE INTO stale (document_id) VALUES (OLD.document_id), (NEW.document_id);
END;

CREATE TRIGGER delegates_known_changed AFTER UPDATE OF status, name, email, title ON delegates
WHEN (NEW.status IN ('approved', 'corrected') OR OLD.status IN ('approved', 'corrected'))
 AND (NEW.status IS NOT OLD.status OR NEW.name IS NOT OLD.name OR NEW.email IS NOT OLD.email
      OR NEW.title IS NOT OLD.title)
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT document_id FROM delegates
     WHERE name IN (OLD.name, NEW.name) AND status IN ('new', 'needs_review')
    UNION
    SELECT document_id FROM delegates
     WHERE email IN (OLD.email, NEW.email) AND status IN ('new', 'needs_review')
    UNION
    SELECT document_id FROM delegates
     WHERE instr(doubts, '"known_') > 0 AND status IN ('new', 'needs_review')
       AND EXISTS (SELECT 1 FROM json_each(doubts) AS x
                    WHERE json_extract(x.value, '$.code') GLOB 'known_*'
                      AND json_extract(x.value, '$.detail') = CAST(NEW.id AS TEXT));
END;

CREATE TRIGGER delegates_known_gone AFTER DELETE ON delegates
WHEN OLD.status IN ('approved', 'corrected')
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT document_id FROM delegates
     WHERE name = OLD.name AND status IN ('new', 'needs_review')
    UNION
    SELECT document_id FROM delegates
     WHERE email = OLD.email AND status IN ('new', 'needs_review')
    UNION
    SELECT document_id FROM delegates
     WHERE instr(doubts, '"known_') > 0 AND status IN ('new', 'needs_review')
       AND EXISTS (SELECT 1 FROM json_each(doubts) AS x
                    WHERE json_extract(x.value, '$.code') GLOB 'known_*'
                      AND json_extract(x.value, '$.detail') = CAST(OLD.id AS TEXT));
END;

CREATE TRIGGER delegates_latin_edited AFTER UPDATE OF name_latin ON delegates
WHEN nullif(trim(NEW.name_latin), '') IS NOT OLD.name_latin
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, field, old, new, who, at)
    VALUES ('delegates', NEW.id, NEW.document_id, 'update', 'name_latin', OLD.name_latin,
           nullif(trim(NEW.name_latin), ''),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates SET name_latin = nullif(trim(NEW.name_latin), '') WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT OR IGNORE INTO stale (document_id) VALUES (NEW.document_id);
END;

CREATE TRIGGER delegates_latin_known AFTER UPDATE OF status, name_latin ON delegates
WHEN NEW.name_latin IS NOT NULL AND NEW.status IN ('approved', 'corrected')
 AND (NEW.status IS NOT OLD.status OR NEW.name_latin IS NOT OLD.name_latin)
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT document_id FROM delegates
     WHERE name = NEW.name AND name_latin IS NOT NULL AND id <> NEW.id
       AND status IN ('new', 'needs_review');
END;

CREATE TRIGGER delegates_latin_outdated AFTER UPDATE OF name ON delegates
WHEN nullif(trim(NEW.name), '') IS NOT OLD.name AND NEW.name_latin IS OLD.name_latin
 AND OLD.name_latin IS NOT NULL AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates SET name_latin = NULL WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

CREATE TRIGGER delegates_latin_witness AFTER UPDATE OF email ON delegates
WHEN NEW.email IS NOT OLD.email AND NEW.name GLOB '*[Ѐ-ԯ؀-ۿ㐀-鿿]*'
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE delegates SET name_latin = NULL
     WHERE id = NEW.id AND NEW.name_latin IS OLD.name_latin AND latin_source IS NOT 'typed'
       AND NOT EXISTS (SELECT 1 FROM corrections WHERE table_name = 'delegates'
                        AND row_id = NEW.id AND field = 'name_latin');
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT OR IGNORE INTO stale (document_id) VALUES (NEW.document_id);
END;

CREATE TRIGGER delegates_note_decided AFTER UPDATE OF status ON delegates
WHEN (NEW.status IN ('approved', 'corrected', 'rejected'))
     <> (OLD.status IN ('approved', 'corrected', 'rejected'))
 AND NOT EXISTS (SELECT 1 FROM delegates AS d
                  WHERE d.document_id = NEW.document_id AND d.id <> NEW.id AND d.current = 1
                    AND d.status IN ('new', 'needs_review'))
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT a.document_id FROM documents AS n JOIN notes_to_answer AS a ON a.state = n.state
     WHERE n.id = NEW.document_id AND a.document_id <> n.id;
END;

CREATE TRIGGER delegates_turned AFTER UPDATE OF current ON delegates
WHEN NEW.current IS NOT OLD.current
BEGIN
    INSERT INTO turns (delegate_id, added, current, at)
    VALUES (NEW.id, 0, NEW.current, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));
END;

CREATE TRIGGER due_delegate_added AFTER INSERT ON delegates
WHEN NEW.due IS NOT (SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting
                      WHERE n.id = NEW.document_id)
BEGIN
    UPDATE delegates
       SET due = (SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting
                   WHERE n.id = NEW.document_id)
     WHERE id = NEW.id;
END;

CREATE TRIGGER due_delegate_moved AFTER UPDATE OF document_id ON delegates
WHEN NEW.document_id IS NOT OLD.document_id
BEGIN
    UPDATE delegates
       SET due = (SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting
                   WHERE n.id = NEW.document_id)
     WHERE id = NEW.id;
END;

CREATE TRIGGER known_row_added AFTER INSERT ON delegates
WHEN NEW.status IN ('approved', 'corrected')
BEGIN
    INSERT OR IGNORE INTO known_rows (state, delegate_id)
    SELECT state, NEW.id FROM documents WHERE id = NEW.document_id AND state IS NOT NULL;
END;

CREATE TRIGGER known_row_decided AFTER UPDATE OF status, document_id ON delegates
WHEN NEW.status IN ('approved', 'corrected') OR OLD.status IN ('approved', 'corrected')
BEGIN
    DELETE FROM known_rows WHERE delegate_id = NEW.id;
    INSERT OR IGNORE INTO known_rows (state, delegate_id)
    SELECT state, NEW.id FROM documents
     WHERE id = NEW.document_id AND state IS NOT NULL AND NEW.status IN ('approved', 'corrected');
END;

CREATE TRIGGER note_delegate_added AFTER INSERT ON delegates
BEGIN
    INSERT INTO note_refresh VALUES (NEW.document_id);
    INSERT INTO note_refresh SELECT part_of FROM documents
     WHERE id = NEW.document_id AND part_of IS NOT NULL;
END;

CREATE TRIGGER note_delegate_changed AFTER UPDATE OF document_id, status, email ON delegates
WHEN NEW.document_id <> OLD.document_id OR NEW.email IS NOT OLD.email
  OR (NEW.status = 'rejected') <> (OLD.status = 'rejected')
BEGIN
    INSERT INTO note_refresh VALUES (OLD.document_id);
    INSERT INTO note_refresh SELECT NEW.document_id WHERE NEW.document_id <> OLD.document_id;
    INSERT INTO note_refresh SELECT part_of FROM documents
     WHERE id IN (OLD.document_id, NEW.document_id) AND part_of IS NOT NULL;
END;

CREATE TRIGGER note_delegate_gone AFTER DELETE ON delegates
BEGIN
    INSERT INTO note_refresh VALUES (OLD.document_id);
    INSERT INTO note_refresh SELECT part_of FROM documents
     WHERE id = OLD.document_id AND part_of IS NOT NULL;
END;

CREATE TRIGGER review_delegate_added AFTER INSERT ON delegates
BEGIN
    INSERT INTO review_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER review_delegate_changed
AFTER UPDATE OF document_id, confidence, status, current, reasons ON delegates
BEGIN
    INSERT INTO review_refresh VALUES (OLD.document_id);
    INSERT INTO review_refresh SELECT NEW.document_id WHERE NEW.document_id <> OLD.document_id;
END;

CREATE TRIGGER review_delegate_gone AFTER DELETE ON delegates
BEGIN
    INSERT INTO review_refresh VALUES (OLD.document_id);
END;

CREATE TRIGGER review_delegate_weighed AFTER UPDATE OF worth ON delegates
WHEN NEW.worth IS NOT OLD.worth
BEGIN
    INSERT INTO review_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER search_delegate_added AFTER INSERT ON delegates
BEGIN
    INSERT INTO search_refresh VALUES (-NEW.id, 0);
END;

CREATE TRIGGER search_delegate_changed
AFTER UPDATE OF name, title, organization, email ON delegates
BEGIN
    INSERT INTO search_refresh VALUES (-NEW.id, 1);
END;

CREATE TRIGGER search_delegate_gone AFTER DELETE ON delegates
BEGIN
    INSERT INTO search_refresh VALUES (-OLD.id, 1);
END;


CREATE TABLE digested (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    period TEXT NOT NULL
);

CREATE INDEX digested_by_period ON digested (period);


CREATE TABLE digests (
    period TEXT PRIMARY KEY,              -- a day, or poll-17
    state TEXT NOT NULL CHECK (state IN ('due', 'sending', 'sent', 'unconfirmed', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    not_before TEXT,
    at TEXT NOT NULL
);


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
, forgotten_at TEXT, enclosed_in INTEGER REFERENCES documents (id) ON DELETE CASCADE, part_of INTEGER REFERENCES documents (id) ON DELETE SET NULL, arrival_marks TEXT NOT NULL DEFAULT '[]', needs_review INTEGER NOT NULL DEFAULT 0
    CHECK (needs_review IN (0, 1)), urgency INTEGER NOT NULL DEFAULT 9, looks TEXT NOT NULL DEFAULT '[]', reasons TEXT NOT NULL DEFAULT '[]', open_reasons TEXT NOT NULL DEFAULT '[]', settled TEXT NOT NULL DEFAULT '[]', beside TEXT NOT NULL DEFAULT '[]', same_as INTEGER REFERENCES documents (id) ON DELETE SET NULL, answered TEXT NOT NULL DEFAULT '[]');

CREATE INDEX documents_by_arrival ON documents (kept_at);

CREATE INDEX documents_by_first ON documents (same_as) WHERE same_as IS NOT NULL;

CREATE INDEX documents_by_meeting ON documents (meeting, state);

CREATE INDEX documents_by_message ON documents (message);

CREATE INDEX documents_by_outcome ON documents (outcome, reason);

CREATE INDEX documents_by_receipt ON documents (received_at);

CREATE INDEX documents_by_sha256 ON documents (sha256);

CREATE INDEX documents_enclosed_in ON documents (enclosed_in) WHERE enclosed_in IS NOT NULL;

CREATE INDEX documents_forgotten ON documents (message) WHERE forgotten_at IS NOT NULL;

CREATE INDEX documents_newest ON documents (state, note_date DESC, received_at DESC, id DESC);

CREATE INDEX documents_of_meeting_to_review ON documents (meeting)
 WHERE needs_review = 1 AND outcome = 'processed';

CREATE INDEX documents_part_of ON documents (part_of) WHERE part_of IS NOT NULL;

CREATE INDEX documents_perhaps ON documents (id)
 WHERE instr(doubts, '"note_uncertain"') > 0 AND part_of IS NULL;

CREATE INDEX documents_to_review ON documents (urgency, id, meeting) WHERE needs_review = 1;

CREATE INDEX documents_waiting ON documents (id) WHERE outcome = 'pending';

CREATE TRIGGER documents_check_answered BEFORE UPDATE OF answered ON documents
WHEN NEW.answered IS NOT OLD.answered
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'answered cannot be edited; it follows from what was learnt');
END;

CREATE TRIGGER documents_check_delete BEFORE DELETE ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'a document is not deleted; set its outcome to rejected or duplicate');
END;

CREATE TRIGGER documents_check_insert BEFORE INSERT ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'documents are added with: noteverbale process FILE');
END;

CREATE TRIGGER documents_check_review BEFORE UPDATE ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'reasons cannot be edited; what was looked at has needs_review = 0')
     WHERE NEW.reasons IS NOT OLD.reasons OR NEW.open_reasons IS NOT OLD.open_reasons
        OR NEW.beside IS NOT OLD.beside OR NEW.urgency IS NOT OLD.urgency
        OR NEW.looks IS NOT OLD.looks;
    SELECT RAISE(ABORT, 'needs_review must be 0 or 1') WHERE NEW.needs_review IS NULL
        OR NEW.needs_review NOT IN (0, 1);
    SELECT RAISE(ABORT, 'needs_review: nothing is doubtful about this note')
     WHERE NEW.needs_review = 1 AND OLD.needs_review = 0
       AND NOT EXISTS (SELECT 1 FROM json_each(OLD.reasons) WHERE value <> 'same_note_again');
    SELECT RAISE(ABORT, 'same_as must be the document_id of another document, or null')
     WHERE NEW.same_as IS NOT OLD.same_as AND NEW.same_as IS NOT NULL
       AND (NEW.same_as = NEW.id OR NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.same_as));
END;

CREATE TRIGGER documents_check_update BEFORE UPDATE ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'what was received cannot be edited, only what was read from it')
     WHERE NEW.id IS NOT OLD.id OR NEW.sha256 IS NOT OLD.sha256 OR NEW.message IS NOT OLD.message
        OR NEW.received_at IS NOT OLD.received_at;
    SELECT RAISE(ABORT, 'state must be a three-letter code from the table states, like KEN')
     WHERE NEW.state IS NOT OLD.state AND nullif(trim(NEW.state), '') IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM states WHERE iso3 = trim(NEW.state));
    SELECT RAISE(ABORT, 'meeting must be the reference of a meeting in the table meetings')
     WHERE NEW.meeting IS NOT OLD.meeting AND nullif(trim(NEW.meeting), '') IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM meetings WHERE reference = trim(NEW.meeting));
    SELECT RAISE(ABORT, 'note_date must be a date like 2019-04-03')
     WHERE NEW.note_date IS NOT OLD.note_date AND nullif(trim(NEW.note_date), '') IS NOT NULL
       AND date(trim(NEW.note_date), '+0 days') IS NOT trim(NEW.note_date);
    SELECT RAISE(ABORT, 'kind must be nomination, revision, decline, acknowledgement, extension_request or other')
     WHERE NEW.kind IS NOT OLD.kind AND nullif(trim(NEW.kind), '') IS NOT NULL
       AND trim(NEW.kind) NOT IN ('nomination', 'revision', 'decline', 'acknowledgement',
                                  'extension_request', 'other');
    SELECT RAISE(ABORT, 'revision must be replaces, adds, substitutes or empty')
     WHERE NEW.revision IS NOT OLD.revision AND nullif(trim(NEW.revision), '') IS NOT NULL
       AND trim(NEW.revision) NOT IN ('replaces', 'adds', 'substitutes');
    SELECT RAISE(ABORT, 'language must be a two-letter code like en')
     WHERE NEW.language IS NOT OLD.language AND nullif(trim(NEW.language), '') IS NOT NULL
       AND trim(NEW.language) NOT GLOB '[a-z][a-z]';
    SELECT RAISE(ABORT, 'outcome can be set to processed, duplicate or rejected')
     WHERE NEW.outcome IS NOT OLD.outcome
       AND coalesce(NEW.outcome, '') NOT IN ('processed', 'duplicate', 'rejected');
    SELECT RAISE(ABORT, 'supersedes must be the document_id of another document')
     WHERE NEW.supersedes IS NOT OLD.supersedes AND NEW.supersedes IS NOT NULL
       AND (NEW.supersedes = NEW.id
            OR NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.supersedes));
END;

CREATE TRIGGER documents_duplicate_of AFTER UPDATE OF duplicate_of ON documents
WHEN NEW.duplicate_of IS NOT OLD.duplicate_of
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, field, old, new, who, at)
    VALUES ('documents', NEW.id, NEW.id, 'update', 'duplicate_of', OLD.duplicate_of,
           NEW.duplicate_of,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER documents_edited
AFTER UPDATE OF state, meeting, note_reference, note_date, kind, revision, language,
                outcome, reason, supersedes ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, field, old, new, who, at)
    SELECT 'documents', NEW.id, NEW.id, 'update', field, old, new,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM (SELECT 'state' AS field, OLD.state AS old, nullif(trim(NEW.state), '') AS new
        UNION ALL SELECT 'meeting', OLD.meeting, nullif(trim(NEW.meeting), '')
        UNION ALL SELECT 'note_reference', OLD.note_reference, nullif(trim(NEW.note_reference), '')
        UNION ALL SELECT 'note_date', OLD.note_date, nullif(trim(NEW.note_date), '')
        UNION ALL SELECT 'kind', OLD.kind, nullif(trim(NEW.kind), '')
        UNION ALL SELECT 'revision', OLD.revision, nullif(trim(NEW.revision), '')
        UNION ALL SELECT 'language', OLD.language, nullif(trim(NEW.language), '')
        UNION ALL SELECT 'outcome', OLD.outcome, nullif(trim(NEW.outcome), '')
        UNION ALL SELECT 'reason', OLD.reason, nullif(trim(NEW.reason), '')
        UNION ALL SELECT 'supersedes', OLD.supersedes, NEW.supersedes)
     WHERE old IS NOT new;
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents
       SET state = nullif(trim(NEW.state), ''),
           meeting = nullif(trim(NEW.meeting), ''),
           note_reference = nullif(trim(NEW.note_reference), ''),
           note_date = nullif(trim(NEW.note_date), ''),
           kind = nullif(trim(NEW.kind), ''),
           revision = nullif(trim(NEW.revision), ''),
           language = nullif(trim(NEW.language), ''),
           outcome = nullif(trim(NEW.outcome), ''),
           reason = nullif(trim(NEW.reason), '')
     WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT OR IGNORE INTO stale (document_id) VALUES (NEW.id);
    INSERT OR IGNORE INTO stale (document_id)
    SELECT id FROM documents WHERE state = OLD.state AND meeting = OLD.meeting;
END;

CREATE TRIGGER documents_same_as AFTER UPDATE OF same_as ON documents
WHEN NEW.same_as IS NOT OLD.same_as
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, field, old, new, who, at)
    VALUES ('documents', NEW.id, NEW.id, 'update', 'same_as', OLD.same_as, NEW.same_as,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
    INSERT OR IGNORE INTO stale (document_id)
    SELECT id FROM documents WHERE id IN (NEW.id, OLD.same_as, NEW.same_as);
END;

CREATE TRIGGER documents_settled AFTER UPDATE OF needs_review ON documents
WHEN NEW.needs_review IS NOT OLD.needs_review
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents
       SET settled = CASE NEW.needs_review WHEN 1 THEN '[]' ELSE
           (SELECT json_group_array(json(k.value))
              FROM (SELECT value FROM json_each(NEW.looks)
                    UNION SELECT value FROM json_each(NEW.settled)) AS k) END
     WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT INTO corrections(table_name, row_id, document_id, action, field, old, new, who, at)
    SELECT 'documents', NEW.id, NEW.id, 'update', f.field, f.old, f.new,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM (SELECT 'needs_review' AS field, OLD.needs_review AS old, NEW.needs_review AS new
        UNION ALL SELECT 'settled', OLD.settled,
                         (SELECT n.settled FROM documents AS n WHERE n.id = NEW.id)) AS f
     WHERE f.old IS NOT f.new;
    DELETE FROM reviews WHERE document_id = NEW.id AND NEW.needs_review = 1;
    INSERT INTO reviews (document_id, who, at)
    SELECT NEW.id,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
     WHERE NEW.needs_review = 0
        ON CONFLICT (document_id) DO UPDATE SET who = excluded.who, at = excluded.at;
END;

CREATE TRIGGER documents_settled_again AFTER UPDATE OF settled ON documents
WHEN NEW.settled IS NOT OLD.settled
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO note_refresh VALUES (NEW.id);
    INSERT INTO corrections(table_name, row_id, document_id, action, field, old, new, who, at)
    SELECT 'documents', NEW.id, NEW.id, 'update', 'needs_review', OLD.needs_review, n.needs_review,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM documents AS n WHERE n.id = NEW.id AND n.needs_review IS NOT OLD.needs_review;
END;

CREATE TRIGGER documents_teach_otherwise
AFTER UPDATE OF outcome, state, note_reference, settled, same_as, part_of, forgotten_at ON documents
WHEN NEW.forgotten_at IS NOT OLD.forgotten_at
  OR ((NEW.outcome IS NOT OLD.outcome OR NEW.state IS NOT OLD.state
       OR NEW.note_reference IS NOT OLD.note_reference OR NEW.settled IS NOT OLD.settled
       OR NEW.same_as IS NOT OLD.same_as OR NEW.part_of IS NOT OLD.part_of)
      AND EXISTS (SELECT 1 FROM documents AS a CROSS JOIN delegates AS d ON d.document_id = a.id
                   WHERE (a.id = NEW.id OR a.part_of = NEW.id)
                     AND d.status IN ('approved', 'corrected')))
BEGIN
    INSERT OR IGNORE INTO stale (document_id)
    SELECT document_id FROM notes_to_answer
     WHERE state IN (OLD.state, NEW.state) AND document_id <> NEW.id;
END;

CREATE TRIGGER draws_of_meeting AFTER UPDATE OF meeting ON documents
WHEN NEW.meeting IS NOT OLD.meeting
BEGIN
    UPDATE draws SET meeting = coalesce(NEW.meeting, '') WHERE document_id = NEW.id;
END;

CREATE TRIGGER due_document_matched AFTER UPDATE OF meeting ON documents
WHEN NEW.meeting IS NOT OLD.meeting
BEGIN
    UPDATE delegates
       SET due = (SELECT m.deadline FROM meetings AS m WHERE m.reference = NEW.meeting)
     WHERE document_id = NEW.id;
END;

CREATE TRIGGER forgotten_document_again AFTER INSERT ON documents
WHEN EXISTS (SELECT 1 FROM forgotten_files WHERE sha256 = NEW.sha256)
BEGIN
    UPDATE documents
       SET outcome = 'duplicate', reason = 'forgotten', filename = 'forgotten',
           forgotten_at = NEW.kept_at
     WHERE id = NEW.id;
END;

CREATE TRIGGER forgotten_document_named AFTER INSERT ON documents
WHEN NEW.duplicate_of IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM forgotten_files WHERE sha256 = NEW.sha256)
BEGIN
    UPDATE documents SET filename = NEW.filename
     WHERE id = NEW.duplicate_of AND filename = 'forgotten';
END;

CREATE TRIGGER known_rows_of_another_state AFTER UPDATE OF state ON documents
WHEN NEW.state IS NOT OLD.state
BEGIN
    DELETE FROM known_rows
     WHERE delegate_id IN (SELECT id FROM delegates WHERE document_id = NEW.id);
    INSERT OR IGNORE INTO known_rows (state, delegate_id)
    SELECT NEW.state, id FROM delegates
     WHERE document_id = NEW.id AND status IN ('approved', 'corrected') AND NEW.state IS NOT NULL;
END;

CREATE TRIGGER note_answered AFTER UPDATE OF answered ON documents
WHEN NEW.answered IS NOT OLD.answered
BEGIN
    INSERT INTO note_refresh VALUES (NEW.id);
END;

CREATE TRIGGER note_document_added AFTER INSERT ON documents
WHEN NEW.outcome IN ('failed', 'processed')
BEGIN
    INSERT INTO note_refresh VALUES (NEW.id);
END;

CREATE TRIGGER note_document_changed
AFTER UPDATE OF outcome, reason, kind, state, meeting, announced, doubts, beside, settled, same_as,
                part_of, forgotten_at ON documents
BEGIN
    INSERT INTO note_refresh VALUES (NEW.id);
    -- persons of an annex are persons of its note
    INSERT INTO note_refresh SELECT id FROM documents
     WHERE id IN (OLD.part_of, NEW.part_of) AND OLD.part_of IS NOT NEW.part_of;
END;

CREATE TRIGGER review_document_changed
AFTER UPDATE OF outcome, meeting, kind, needs_review, urgency, same_as ON documents
BEGIN
    INSERT INTO review_refresh VALUES (NEW.id);
END;

CREATE TRIGGER verdicts_of_meeting AFTER UPDATE OF meeting ON documents
WHEN NEW.meeting IS NOT OLD.meeting
BEGIN
    INSERT INTO tally SELECT delegate_id, -1 FROM verdicts WHERE document_id = NEW.id;
    UPDATE verdicts SET meeting = coalesce(NEW.meeting, '') WHERE document_id = NEW.id;
    INSERT INTO tally SELECT delegate_id, 1 FROM verdicts WHERE document_id = NEW.id;
END;


CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,           -- stands in the draft's own header
    language TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'placed', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    at TEXT NOT NULL, who TEXT,
    UNIQUE (document, reason)
);

CREATE INDEX drafts_by_state ON drafts (state);


CREATE TABLE draw_totals (meeting TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;


CREATE TABLE draws (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    meeting TEXT NOT NULL,               -- '' if unknown
    place REAL NOT NULL
);

CREATE INDEX draws_by_document ON draws (document_id);

CREATE INDEX draws_in_order ON draws (meeting, place, delegate_id);

CREATE TRIGGER draw_counted AFTER INSERT ON draws
BEGIN
    INSERT INTO draw_totals VALUES (NEW.meeting, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER draw_gone AFTER DELETE ON draws
BEGIN
    UPDATE draw_totals SET n = n - 1 WHERE meeting = OLD.meeting;
END;

CREATE TRIGGER draw_moved AFTER UPDATE OF meeting ON draws
WHEN NEW.meeting IS NOT OLD.meeting
BEGIN
    UPDATE draw_totals SET n = n - 1 WHERE meeting = OLD.meeting;
    INSERT INTO draw_totals VALUES (NEW.meeting, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;


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


CREATE TABLE erasures (what TEXT PRIMARY KEY) WITHOUT ROWID;


CREATE TABLE forgotten (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL CHECK (what IN ('person', 'meeting', 'older_than')),
    detail TEXT,                         -- the meeting's reference, or the number of days
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    documents INTEGER NOT NULL,
    delegates INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    corrections INTEGER NOT NULL,
    originals INTEGER NOT NULL           -- files
);


CREATE TABLE forgotten_files (
    sha256 TEXT PRIMARY KEY,
    forgotten INTEGER NOT NULL REFERENCES forgotten (id)
) WITHOUT ROWID;


CREATE TABLE known_files (
    print TEXT PRIMARY KEY,              -- a digest of its path, size, inode and times
    items INTEGER NOT NULL,              -- messages or scans in it
    sha256 TEXT                          -- of its bytes where it is one item
) WITHOUT ROWID;


CREATE TABLE known_rows (
    state TEXT NOT NULL,
    delegate_id INTEGER NOT NULL REFERENCES delegates (id) ON DELETE CASCADE,
    PRIMARY KEY (state, delegate_id)
) WITHOUT ROWID;

CREATE INDEX known_rows_by_delegate ON known_rows (delegate_id);


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

CREATE TRIGGER due_meeting_changed AFTER UPDATE OF deadline, reference ON meetings
WHEN NEW.deadline IS NOT OLD.deadline OR NEW.reference IS NOT OLD.reference
BEGIN
    UPDATE delegates SET due = NEW.deadline
     WHERE document_id IN (SELECT id FROM documents WHERE meeting = NEW.reference);
END;

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

CREATE TRIGGER meetings_deleted AFTER DELETE ON meetings
BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM documents WHERE meeting = OLD.reference;
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents SET meeting = NULL WHERE meeting = OLD.reference;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

CREATE TRIGGER meetings_renamed AFTER UPDATE OF reference ON meetings
WHEN NEW.reference IS NOT OLD.reference
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents SET meeting = NEW.reference WHERE meeting = OLD.reference;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

CREATE TRIGGER note_first_meeting AFTER INSERT ON meetings
WHEN (SELECT count(*) FROM meetings) = 1
BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM documents
     WHERE meeting IS NULL AND outcome = 'processed';
    INSERT INTO note_refresh SELECT id FROM documents
     WHERE meeting IS NULL AND outcome = 'processed';
END;

CREATE TRIGGER note_last_meeting AFTER DELETE ON meetings
WHEN NOT EXISTS (SELECT 1 FROM meetings)
BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM documents
     WHERE meeting IS NULL AND outcome = 'processed';
    INSERT INTO note_refresh SELECT id FROM documents
     WHERE meeting IS NULL AND outcome = 'processed';
END;


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
, forgotten_at TEXT);

CREATE INDEX messages_by_outcome ON messages (outcome);

CREATE INDEX messages_by_received ON messages (received_at);

CREATE INDEX messages_by_sender ON messages (from_address);

CREATE INDEX messages_by_sha256 ON messages (sha256);

CREATE TRIGGER forgotten_message_again AFTER INSERT ON messages
WHEN EXISTS (SELECT 1 FROM forgotten_files WHERE sha256 = NEW.sha256)
BEGIN
    UPDATE messages
       SET outcome = CASE NEW.outcome WHEN 'pending' THEN 'skipped' ELSE NEW.outcome END,
           reason = 'forgotten', forgotten_at = NEW.kept_at, parsed_at = NEW.kept_at
     WHERE id = NEW.id;
END;


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

CREATE TRIGGER mission_addresses_recorded AFTER INSERT ON mission_addresses
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('mission_addresses', NEW.id, NULL, 'insert',
           NULL,
           json_object('id', NEW.id, 'state', NEW.state, 'email', NEW.email, 'wrong', NEW.wrong, 'who',
               NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER mission_addresses_removed AFTER DELETE ON mission_addresses
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('mission_addresses', OLD.id, NULL, 'delete',
           json_object('id', OLD.id, 'state', OLD.state, 'email', OLD.email, 'wrong', OLD.wrong, 'who',
               OLD.who, 'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER mission_addresses_rewritten AFTER UPDATE ON mission_addresses
WHEN (NEW.state IS NOT OLD.state OR NEW.email IS NOT OLD.email OR NEW.wrong IS NOT OLD.wrong
      OR NEW.who IS NOT OLD.who OR NEW.at IS NOT OLD.at)
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('mission_addresses', NEW.id, NULL, 'update',
           json_object('id', OLD.id, 'state', OLD.state, 'email', OLD.email, 'wrong', OLD.wrong, 'who',
               OLD.who, 'at', OLD.at),
           json_object('id', NEW.id, 'state', NEW.state, 'email', NEW.email, 'wrong', NEW.wrong, 'who',
               NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;


CREATE TABLE notes_later (document_id INTEGER PRIMARY KEY);


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

CREATE INDEX outbox_by_message ON outbox (message);

CREATE INDEX outbox_waiting ON outbox (account, folder, uidvalidity) WHERE state = 'waiting';


CREATE TABLE pace (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    plain_s REAL NOT NULL CHECK (plain_s > 0),
    marked_s REAL NOT NULL CHECK (marked_s > 0),
    note_s REAL NOT NULL CHECK (note_s > 0),
    rows INTEGER NOT NULL DEFAULT 0,
    at TEXT
);

CREATE TRIGGER pace_changed AFTER UPDATE OF plain_s, marked_s, note_s ON pace
BEGIN
    UPDATE review_waiting
       SET cost = (NEW.note_s * (1 + look) + NEW.marked_s * marked
                   + NEW.plain_s * (delegates - marked)) / max(worth, 0.000001);
END;


CREATE TABLE page_cache (
    sha256 TEXT NOT NULL,
    page INTEGER NOT NULL,
    settings_version TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (sha256, page, settings_version)
) WITHOUT ROWID;


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

CREATE INDEX pages_by_outcome ON pages (outcome, document_id, number)
 WHERE outcome = 'failed' OR outcome = 'warned';

CREATE TRIGGER note_page_added AFTER INSERT ON pages WHEN NEW.outcome <> 'read'
BEGIN
    INSERT INTO note_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER note_page_changed AFTER UPDATE OF outcome, reason ON pages
BEGIN
    INSERT INTO note_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER note_page_gone AFTER DELETE ON pages WHEN OLD.outcome <> 'read'
BEGIN
    INSERT INTO note_refresh VALUES (OLD.document_id);
END;

CREATE TRIGGER search_page_added AFTER INSERT ON pages
BEGIN
    INSERT INTO search_refresh VALUES (NEW.id, 0);
END;

CREATE TRIGGER search_page_changed AFTER UPDATE OF text ON pages
BEGIN
    INSERT INTO search_refresh VALUES (NEW.id, 1);
END;

CREATE TRIGGER search_page_gone AFTER DELETE ON pages
BEGIN
    INSERT INTO search_refresh VALUES (OLD.id, 1);
END;


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


CREATE TABLE postponed (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    until TEXT NOT NULL CHECK (date(until, '+0 days') IS until),
    who TEXT NOT NULL,
    at TEXT NOT NULL
);


CREATE TABLE readings (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    settings_version TEXT NOT NULL,
    note TEXT NOT NULL,                  -- JSON, see store/codec.py
    read_at TEXT NOT NULL
);


CREATE TABLE reason_words (code TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;


CREATE TABLE releases (
    message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    was TEXT,
    why TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);


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

CREATE TRIGGER reminder_drafts_recorded AFTER INSERT ON reminder_drafts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reminder_drafts', NEW.id, NULL, 'insert',
           NULL,
           json_object('id', NEW.id, 'meeting', NEW.meeting, 'to_state', NEW.to_state, 'who', NEW.who,
               'token', NEW.token, 'state', NEW.state, 'attempts', NEW.attempts, 'error',
               NEW.error, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER reminder_drafts_removed AFTER DELETE ON reminder_drafts
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reminder_drafts', OLD.id, NULL, 'delete',
           json_object('id', OLD.id, 'meeting', OLD.meeting, 'to_state', OLD.to_state, 'who', OLD.who,
               'token', OLD.token, 'state', OLD.state, 'attempts', OLD.attempts, 'error',
               OLD.error, 'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;


CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state GLOB '[A-Z][A-Z][A-Z]'),
    who TEXT NOT NULL DEFAULT 'command line',
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);

CREATE INDEX reminders_by_meeting ON reminders (meeting, state);

CREATE TRIGGER reminders_recorded AFTER INSERT ON reminders
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reminders', NEW.id, NULL, 'insert',
           NULL,
           json_object('id', NEW.id, 'meeting', NEW.meeting, 'state', NEW.state, 'who', NEW.who, 'at',
               NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER reminders_removed AFTER DELETE ON reminders
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reminders', OLD.id, NULL, 'delete',
           json_object('id', OLD.id, 'meeting', OLD.meeting, 'state', OLD.state, 'who', OLD.who, 'at',
               OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;


CREATE TABLE retries (
    kind TEXT NOT NULL CHECK (kind IN ('message', 'document')),
    id INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    not_before TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;


CREATE TABLE review_waiting (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    meeting TEXT NOT NULL,               -- '' if unknown
    confidence REAL NOT NULL,            -- of the least trusted delegate that waits
    delegates INTEGER NOT NULL           -- how many wait; 0: nobody is named, and that is the question
, marked INTEGER NOT NULL DEFAULT 0, look INTEGER NOT NULL DEFAULT 0, worth REAL NOT NULL DEFAULT 0.0, cost REAL NOT NULL DEFAULT 0.0);

CREATE INDEX review_waiting_order ON review_waiting (meeting, cost, document_id);

CREATE INDEX review_waiting_sums ON review_waiting (meeting, delegates, marked, look);


CREATE TABLE reviewer (name TEXT NOT NULL CHECK (length(name) <= 200));

CREATE TRIGGER reviewer_is_one BEFORE INSERT ON reviewer
WHEN EXISTS (SELECT 1 FROM reviewer)
BEGIN
    SELECT RAISE(ABORT, 'there is one name: update reviewer set name = ...');
END;

CREATE TRIGGER reviewer_stays BEFORE DELETE ON reviewer
BEGIN
    SELECT RAISE(ABORT, 'the name is emptied, not deleted: update reviewer set name = ''''');
END;


CREATE TABLE reviews (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);

CREATE TRIGGER review_confirmed AFTER INSERT ON reviews
BEGIN
    INSERT INTO review_refresh VALUES (NEW.document_id);
END;

CREATE TRIGGER review_taken_back AFTER DELETE ON reviews
BEGIN
    INSERT INTO review_refresh VALUES (OLD.document_id);
END;

CREATE TRIGGER reviews_recorded AFTER INSERT ON reviews
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reviews', NEW.document_id, NEW.document_id, 'insert',
           NULL,
           json_object('document_id', NEW.document_id, 'who', NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER reviews_removed AFTER DELETE ON reviews
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reviews', OLD.document_id, OLD.document_id, 'delete',
           json_object('document_id', OLD.document_id, 'who', OLD.who, 'at', OLD.at),
           NULL,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;

CREATE TRIGGER reviews_rewritten AFTER UPDATE ON reviews
WHEN (NEW.who IS NOT OLD.who OR NEW.at IS NOT OLD.at)
 AND NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
    VALUES ('reviews', NEW.document_id, NEW.document_id, 'update',
           json_object('document_id', OLD.document_id, 'who', OLD.who, 'at', OLD.at),
           json_object('document_id', NEW.document_id, 'who', NEW.who, 'at', NEW.at),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1),
                    (SELECT nullif(trim(name), '') FROM reviewer), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;


CREATE TABLE reviews_later (document_id INTEGER PRIMARY KEY);


CREATE TABLE revisions (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    earlier_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    how TEXT NOT NULL CHECK (how IN ('replaces', 'adds', 'substitutes', 'unclear', 'by hand'))
);

CREATE INDEX revisions_by_earlier ON revisions (earlier_id);


CREATE VIRTUAL TABLE search_chinese USING fts5(
    name, title, organization, page,
    tokenize = "trigram"
);


CREATE TABLE search_later (entry INTEGER PRIMARY KEY, was INTEGER NOT NULL);


CREATE VIRTUAL TABLE search_words USING fts5(
    name, title, organization, email, page,
    tokenize = "unicode61 remove_diacritics 2"
);


CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);


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
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
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
    INSERT INTO corrections(table_name, row_id, document_id, action, old, new, who, at)
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


CREATE TABLE stale (document_id INTEGER PRIMARY KEY);


CREATE TABLE states (
    iso3 TEXT PRIMARY KEY,
    name_en TEXT NOT NULL,
    party INTEGER NOT NULL DEFAULT 0,    -- to the Convention against Corruption, today
    party_since TEXT,                    -- day of ratification or accession, null: long ago
    party_note TEXT
);

CREATE INDEX states_parties_by_name ON states (party, name_en);


CREATE TABLE successions (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    earlier_id INTEGER NOT NULL REFERENCES delegates (id) ON DELETE CASCADE,
    same_person INTEGER NOT NULL CHECK (same_person IN (0, 1))
);

CREATE INDEX successions_by_earlier ON successions (earlier_id);


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


CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    delegate_id INTEGER NOT NULL REFERENCES delegates (id) ON DELETE CASCADE,
    added INTEGER NOT NULL CHECK (added IN (0, 1)),
    current INTEGER NOT NULL,
    at TEXT NOT NULL
);

CREATE INDEX turns_by_delegate ON turns (delegate_id);

CREATE INDEX turns_by_time ON turns (at);


CREATE TABLE unlearnt_rows (
    delegate_id INTEGER PRIMARY KEY REFERENCES delegates (id) ON DELETE CASCADE,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);


CREATE TABLE unlearnt_words (
    state TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('title', 'organization', 'domain', 'pattern', 'mailbox',
                                       'number', 'mission_address')),
    word TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (state, kind, word)
) WITHOUT ROWID;


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
, own INTEGER NOT NULL DEFAULT 0, beside INTEGER NOT NULL DEFAULT 0, asks INTEGER NOT NULL DEFAULT 0, sound INTEGER NOT NULL DEFAULT 0);

CREATE INDEX verdicts_by_document ON verdicts (document_id);

CREATE INDEX verdicts_by_meeting ON verdicts (meeting);

CREATE INDEX verdicts_left_alone ON verdicts (delegate_id)
 WHERE marked = 0 AND sound = 0 AND asks = 0 AND own + beside > 0;

CREATE TRIGGER verdict_counted AFTER INSERT ON verdicts
BEGIN
    INSERT INTO tally VALUES (NEW.delegate_id, 1);
END;

CREATE TRIGGER verdict_gone BEFORE DELETE ON verdicts
BEGIN
    INSERT INTO tally VALUES (OLD.delegate_id, -1);
END;


CREATE TABLE writer (who TEXT NOT NULL, step INTEGER, later INTEGER);


CREATE VIEW coverage AS
SELECT m.reference AS meeting,
       s.iso3 AS state,
       s.name_en AS state_name,
       EXISTS (SELECT 1 FROM documents AS n
                WHERE n.meeting = m.reference AND n.state = s.iso3
                  AND n.outcome = 'processed') AS answered,
       coalesce((SELECT min(n.received_at) FROM documents AS n
                  WHERE n.meeting = m.reference AND n.state = s.iso3
                    AND n.outcome = 'processed') >= m.deadline_ends, 0) AS late,
       (SELECT count(*) FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id
         WHERE n.meeting = m.reference AND n.state = s.iso3
           AND d.current = 1 AND d.status <> 'rejected') AS delegates,
       (SELECT count(*) FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id
         WHERE n.meeting = m.reference AND n.state = s.iso3
           AND d.current = 1 AND +d.status = 'needs_review')
       + (SELECT count(*) FROM documents AS n
           WHERE n.meeting = m.reference AND n.state = s.iso3
             AND +n.needs_review = 1) AS needs_review,
       (SELECT max(coalesce(n.received_at, n.note_date)) FROM documents AS n
         WHERE n.meeting = m.reference AND n.state = s.iso3
           AND n.outcome = 'processed') AS last_note_at
  FROM meetings AS m
 CROSS JOIN states AS s
 WHERE s.party = 1
   AND (s.party_since IS NULL
        OR s.party_since <= coalesce(m.starts, m.deadline, m.issued, '9999-12-31'))
 ORDER BY m.reference, s.name_en;


CREATE VIEW delegation_list AS
SELECT d.id AS delegate_id,
       n.id AS document_id,
       n.filename AS filename,
       n.sha256 AS sha256,
       n.state AS state,
       n.meeting AS meeting,
       n.note_reference AS note_reference,
       n.note_date AS note_date,
       d.seq AS seq,
       d.honorific AS honorific,
       d.name AS name,
       d.name_latin AS name_latin,
       d.title AS title,
       d.organization AS organization,
       d.email AS email,
       d.phone AS phone,
       d.role AS role,
       d.confidence AS confidence,
       d.status AS status,
       d.current AS current,
       d.reasons AS reasons
  FROM documents AS n
  JOIN delegates AS d ON d.document_id = n.id
 ORDER BY n.state, n.note_date DESC, n.received_at DESC, n.id DESC, d.seq, d.id;

CREATE TRIGGER delegation_list_delete INSTEAD OF DELETE ON delegation_list
BEGIN
    DELETE FROM delegates WHERE id = OLD.delegate_id;
END;

CREATE TRIGGER delegation_list_insert INSTEAD OF INSERT ON delegation_list
BEGIN
    SELECT RAISE(ABORT, 'document_id and name are needed to add a delegate')
     WHERE NEW.document_id IS NULL OR NEW.name IS NULL;
    INSERT INTO delegates (document_id, seq, honorific, name, name_latin, title, organization,
                           email, phone, role, status, current)
    VALUES (NEW.document_id, NEW.seq, NEW.honorific, NEW.name,
            nullif(trim(NEW.name_latin), ''), NEW.title, NEW.organization, NEW.email, NEW.phone,
            NEW.role, coalesce(NEW.status, 'corrected'), coalesce(NEW.current, 1));
END;

CREATE TRIGGER delegation_list_update INSTEAD OF UPDATE ON delegation_list
BEGIN
    SELECT RAISE(ABORT, 'delegate_id cannot be edited')
     WHERE NEW.delegate_id IS NOT OLD.delegate_id;
    SELECT RAISE(ABORT, 'filename cannot be edited')
     WHERE NEW.filename IS NOT OLD.filename;
    SELECT RAISE(ABORT, 'sha256 cannot be edited')
     WHERE NEW.sha256 IS NOT OLD.sha256;
    SELECT RAISE(ABORT, 'confidence cannot be edited')
     WHERE NEW.confidence IS NOT OLD.confidence;
    SELECT RAISE(ABORT, 'reasons cannot be edited')
     WHERE NEW.reasons IS NOT OLD.reasons;
    UPDATE delegates
       SET document_id = NEW.document_id, seq = NEW.seq, honorific = NEW.honorific,
           name = NEW.name, name_latin = NEW.name_latin, title = NEW.title,
           organization = NEW.organization, email = NEW.email, phone = NEW.phone, role = NEW.role,
           status = NEW.status, current = NEW.current
     WHERE id = OLD.delegate_id;
    -- once for the note, however many of its rows are edited in one statement
    UPDATE documents
       SET state = NEW.state, meeting = NEW.meeting,
           note_reference = NEW.note_reference, note_date = NEW.note_date
     WHERE id = OLD.document_id
       AND (NEW.state IS NOT OLD.state OR NEW.meeting IS NOT OLD.meeting
            OR NEW.note_reference IS NOT OLD.note_reference OR NEW.note_date IS NOT OLD.note_date);
END;


CREATE VIEW disagreements_list AS
SELECT delegate_id, document_id, state, name, status, field, kept, read
  FROM (SELECT d.id AS delegate_id,
               d.document_id AS document_id,
               n.state AS state,
               d.name AS name,
               d.status AS status,
               f.value AS field,
               CASE f.value WHEN 'honorific' THEN d.honorific WHEN 'title' THEN d.title
                    WHEN 'organization' THEN d.organization WHEN 'email' THEN d.email
                    WHEN 'phone' THEN d.phone WHEN 'role' THEN d.role ELSE d.name END AS kept,
               (SELECT CASE f.value WHEN 'email' THEN lower(json_extract(p.value, '$.email[0]'))
                            ELSE json_extract(p.value, '$.' || f.value || '[0]') END
                  FROM readings AS g, json_each(g.note, '$.delegates') AS p
                 WHERE g.document_id = d.document_id
                   AND json_extract(p.value, '$.seq') = d.read_seq) AS read
          FROM delegates AS d INDEXED BY delegates_changed
         CROSS JOIN documents AS n ON n.id = d.document_id
         CROSS JOIN json_each(
               '["honorific","name","title","organization","email","phone","role",null]') AS f
         WHERE instr(d.reasons, '"reading_changed"') > 0
           AND (f.value IS NULL) = (d.read_seq IS NULL)
         ORDER BY d.id)
 WHERE kept IS NOT read;


CREATE VIEW documents_list AS
SELECT n.id AS document_id,
       n.filename AS filename,
       n.sha256 AS sha256,
       n.media_type AS media_type,
       n.pages AS pages,
       m.message_id AS message_id,
       m.from_address AS from_address,
       m.subject AS subject,
       n.received_at AS received_at,
       n.outcome AS outcome,
       n.reason AS reason,
       n.language AS language,
       n.state AS state,
       n.meeting AS meeting,
       n.note_reference AS note_reference,
       n.note_date AS note_date,
       n.kind AS kind,
       coalesce(min(f.received_at, n.received_at), n.received_at, f.received_at)
           >= i.deadline_ends AS late,
       n.supersedes AS supersedes,
       n.needs_review AS needs_review,
       n.reasons AS reasons
  FROM documents AS n
  LEFT JOIN messages AS m ON m.id = n.message
  LEFT JOIN meetings AS i ON i.reference = n.meeting
  LEFT JOIN documents AS f ON f.id = n.same_as
 ORDER BY n.id;

CREATE TRIGGER documents_list_delete INSTEAD OF DELETE ON documents_list
BEGIN
    SELECT RAISE(ABORT, 'a document is not deleted; set its outcome to rejected or duplicate');
END;

CREATE TRIGGER documents_list_insert INSTEAD OF INSERT ON documents_list
BEGIN
    SELECT RAISE(ABORT, 'documents are added with: noteverbale process FILE');
END;

CREATE TRIGGER documents_list_update INSTEAD OF UPDATE ON documents_list
BEGIN
    SELECT RAISE(ABORT, 'document_id cannot be edited')
     WHERE NEW.document_id IS NOT OLD.document_id;
    SELECT RAISE(ABORT, 'filename cannot be edited')
     WHERE NEW.filename IS NOT OLD.filename;
    SELECT RAISE(ABORT, 'sha256 cannot be edited')
     WHERE NEW.sha256 IS NOT OLD.sha256;
    SELECT RAISE(ABORT, 'media_type cannot be edited')
     WHERE NEW.media_type IS NOT OLD.media_type;
    SELECT RAISE(ABORT, 'pages cannot be edited')
     WHERE NEW.pages IS NOT OLD.pages;
    SELECT RAISE(ABORT, 'message_id cannot be edited')
     WHERE NEW.message_id IS NOT OLD.message_id;
    SELECT RAISE(ABORT, 'from_address cannot be edited')
     WHERE NEW.from_address IS NOT OLD.from_address;
    SELECT RAISE(ABORT, 'subject cannot be edited')
     WHERE NEW.subject IS NOT OLD.subject;
    SELECT RAISE(ABORT, 'received_at cannot be edited')
     WHERE NEW.received_at IS NOT OLD.received_at;
    SELECT RAISE(ABORT, 'late cannot be edited')
     WHERE NEW.late IS NOT OLD.late;
    SELECT RAISE(ABORT, 'reasons cannot be edited; what was looked at has needs_review = 0')
     WHERE NEW.reasons IS NOT OLD.reasons;
    UPDATE documents
       SET outcome = NEW.outcome, reason = NEW.reason, language = NEW.language,
           state = NEW.state, meeting = NEW.meeting, note_reference = NEW.note_reference,
           note_date = NEW.note_date, kind = NEW.kind, supersedes = NEW.supersedes,
           needs_review = NEW.needs_review
     WHERE id = OLD.document_id;
END;


CREATE VIEW doubts_list AS
SELECT * FROM doubts_of_rows UNION ALL SELECT * FROM doubts_of_notes;


CREATE VIEW doubts_of_notes AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       nullif(json_extract(x.value, '$.detail'), '') AS detail,
       EXISTS (SELECT 1 FROM settled_fields AS s
                WHERE s.table_name = 'documents' AND s.row_id = n.id
                  AND s.field = json_extract(x.value, '$.field')) AS settled
  FROM delegates AS d
 CROSS JOIN documents AS n ON n.id = d.document_id
 CROSS JOIN json_each(n.doubts) AS x;


CREATE VIEW doubts_of_rows AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       CASE WHEN json_extract(x.value, '$.code') GLOB 'known_*' THEN
            (SELECT 'known: ' || k.known FROM known_persons AS k
              WHERE k.delegate_id = d.id AND k.code = json_extract(x.value, '$.code')
                AND k.field IS json_extract(x.value, '$.field'))
            ELSE nullif(json_extract(x.value, '$.detail'), '') END AS detail,
       EXISTS (SELECT 1 FROM settled_fields AS s
                WHERE s.table_name = 'delegates' AND s.row_id = d.id
                  AND s.field = json_extract(x.value, '$.field')) AS settled
  FROM delegates AS d
 CROSS JOIN json_each(d.doubts) AS x;


CREATE VIEW found AS
SELECT d.id AS delegate_id,
       n.id AS document_id,
       p.number AS page_number,
       n.state AS state,
       n.meeting AS meeting,
       d.name AS name,
       d.title AS title,
       d.email AS email,
       d.status AS status,
       d.current AS current,
       snippet(search_words, -1, '[', ']', '…', 12) AS context,
       search_words.search_words AS words
  FROM search_words
  LEFT JOIN delegates AS d ON d.id = -search_words.rowid
  LEFT JOIN pages AS p ON p.id = search_words.rowid
  JOIN documents AS n ON n.id = coalesce(d.document_id, p.document_id);


CREATE VIEW found_chinese AS
SELECT d.id AS delegate_id,
       n.id AS document_id,
       p.number AS page_number,
       n.state AS state,
       n.meeting AS meeting,
       d.name AS name,
       d.title AS title,
       d.email AS email,
       d.status AS status,
       d.current AS current,
       snippet(search_chinese, -1, '[', ']', '…', 12) AS context,
       search_chinese.search_chinese AS words
  FROM search_chinese
  LEFT JOIN delegates AS d ON d.id = -search_chinese.rowid
  LEFT JOIN pages AS p ON p.id = search_chinese.rowid
  JOIN documents AS n ON n.id = coalesce(d.document_id, p.document_id);


CREATE VIEW known_persons AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       json_extract(x.value, '$.code') AS code,
       json_extract(x.value, '$.field') AS field,
       CASE json_extract(x.value, '$.field') WHEN 'name' THEN d.name WHEN 'email' THEN d.email
                                             WHEN 'title' THEN d.title END AS read,
       CASE json_extract(x.value, '$.field') WHEN 'name' THEN k.name WHEN 'email' THEN k.email
                                             WHEN 'title' THEN k.title
                                             ELSE n.state END AS known,
       k.id AS known_delegate_id,
       k.document_id AS known_document_id
  FROM delegates AS d
 CROSS JOIN json_each(d.doubts) AS x
  JOIN delegates AS k ON k.id = CAST(json_extract(x.value, '$.detail') AS INTEGER)
  JOIN documents AS n ON n.id = k.document_id
 WHERE instr(d.doubts, '"known_') > 0
   AND json_extract(x.value, '$.code') GLOB 'known_*';


CREATE VIEW latin_names AS
SELECT d.id AS delegate_id,
       n.id AS document_id,
       n.filename AS filename,
       n.state AS state,
       n.meeting AS meeting,
       d.name AS name,
       d.name_latin AS name_latin,
       CASE WHEN d.name_latin IS NOT NULL THEN d.latin_source END AS source,
       CASE WHEN d.name_latin IS NOT NULL THEN coalesce(d.latin_confirmed, 0) END AS confirmed,
       d.email AS email,
       d.status AS status,
       d.current AS current
  FROM documents AS n
  JOIN delegates AS d ON d.document_id = n.id
 WHERE d.name_latin IS NOT NULL OR d.name GLOB '*[Ѐ-ԯ؀-ۿ㐀-鿿]*'
 ORDER BY n.state, n.note_date DESC, n.id DESC, d.seq, d.id;


CREATE VIEW messages_list AS
SELECT m.message_id AS message_id,
       m.sha256 AS sha256,
       s.folder AS folder,
       s.uidvalidity AS uidvalidity,
       s.uid AS uid,
       m.from_address AS from_address,
       m.subject AS subject,
       m.received_at AS received_at,
       m.outcome AS outcome,
       m.reason AS reason,
       (SELECT count(*) FROM documents AS n WHERE n.message = m.id) AS documents
  FROM messages AS m
  LEFT JOIN sightings AS s
    ON s.id = (SELECT max(id) FROM sightings WHERE message = m.id)
 ORDER BY m.id;


CREATE VIEW note_reasons AS
SELECT n.id AS document_id,
       json_extract(x.value, '$[0]') AS code,
       json_extract(x.value, '$[1]') AS detail,
       json_extract(x.value, '$[0]') <> 'same_note_again'
       AND (n.same_as IS NULL OR json_extract(x.value, '$[0]')
                                 IN ('page_unread', 'copies_differ', 'copy_reads_otherwise'))
       AND NOT EXISTS (SELECT 1 FROM json_each(n.settled) AS s WHERE s.value = x.value)
       AND NOT EXISTS (SELECT 1 FROM json_each(n.answered) AS a
                        WHERE a.value = json_extract(x.value, '$[0]')) AS open
  FROM documents AS n
 CROSS JOIN json_each(n.looks) AS x;


CREATE VIEW note_refresh AS SELECT NULL AS document_id;

CREATE TRIGGER note_refresh_insert INSTEAD OF INSERT ON note_refresh
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE later = 1)
BEGIN
    INSERT INTO writer (who) VALUES ('pipeline');
    UPDATE documents
       SET looks = (SELECT json_group_array(json_array(code, detail)) FROM (
        SELECT json_extract(x.value, '$.code') AS code,
               coalesce(json_extract(x.value, '$.detail'), '') AS detail
          FROM documents AS n
         CROSS JOIN json_each(n.doubts) AS x
         WHERE n.id = NEW.document_id AND n.outcome IN ('processed', 'pending')
           AND CASE json_extract(x.value, '$.code')
               WHEN 'no_delegate_found' THEN 0  -- these two follow from the rows as they stand
               WHEN 'state_missing' THEN 0
               WHEN 'announced_number_differs'
               THEN n.announced IS NOT (SELECT count(*) FROM delegates AS d
                                          JOIN documents AS a ON a.id = d.document_id
                                         WHERE (a.id = n.id OR a.part_of = n.id)
                                           AND d.status <> 'rejected')
               WHEN 'address_without_person'
               THEN NOT EXISTS (SELECT 1 FROM delegates AS d
                                 WHERE d.document_id = n.id AND d.status <> 'rejected'
                                   AND d.email = lower(json_extract(x.value, '$.detail')))
               ELSE 1 END
           AND NOT EXISTS (SELECT 1 FROM settled_fields AS c
                            WHERE c.table_name = 'documents' AND c.row_id = n.id
                              AND c.field = coalesce(json_extract(x.value, '$.field'),
                                  CASE WHEN json_extract(x.value, '$.code')
                                            IN ('kind_uncertain', 'names_in_declining_note')
                                       THEN 'kind' END))
        UNION
        SELECT 'no_delegate_found', ''
          FROM documents AS n
         WHERE n.id = NEW.document_id AND n.outcome = 'processed'
           AND n.kind IN ('nomination', 'revision')
           AND NOT EXISTS (SELECT 1 FROM delegates AS d JOIN documents AS a ON a.id = d.document_id
                            WHERE (a.id = n.id OR a.part_of = n.id) AND d.status <> 'rejected')
        UNION
        SELECT 'state_missing', ''
          FROM documents AS n
         WHERE n.id = NEW.document_id AND n.outcome = 'processed' AND n.state IS NULL
           AND NOT EXISTS (SELECT 1 FROM settled_fields AS c WHERE c.table_name = 'documents'
                              AND c.row_id = n.id AND c.field = 'state')
        UNION
        SELECT 'meeting_unknown', ''
          FROM documents AS n
         WHERE n.id = NEW.document_id AND n.outcome = 'processed' AND n.meeting IS NULL
           AND EXISTS (SELECT 1 FROM meetings)
           AND NOT EXISTS (SELECT 1 FROM settled_fields AS c WHERE c.table_name = 'documents'
                              AND c.row_id = n.id AND c.field = 'meeting')
        UNION
        SELECT CASE p.outcome WHEN 'failed' THEN 'page_unread'
                              ELSE coalesce(p.reason, 'low_ocr') END,
               'page ' || p.number
          FROM documents AS n
         CROSS JOIN pages AS p ON p.document_id = n.id
         WHERE n.id = NEW.document_id
           AND p.outcome <> 'read'
           -- the back of a sheet is no doubt, nor is an icon
           AND coalesce(p.reason, '') NOT IN ('blank', 'too_small')
           AND (n.outcome IN ('processed', 'pending')
                OR (n.outcome = 'rejected' AND n.reason = 'not_a_note_verbale'
                    AND NOT EXISTS (SELECT 1 FROM settled_fields AS c
                                     WHERE c.table_name = 'documents' AND c.row_id = n.id
                                       AND c.field = 'outcome')))
        UNION
        SELECT coalesce(n.reason, 'unreadable'), ''
          FROM documents AS n
         WHERE n.id = NEW.document_id AND n.outcome = 'failed'
        UNION
        SELECT b.value, ''
          FROM documents AS n
         CROSS JOIN json_each(n.beside) AS b
         WHERE n.id = NEW.document_id AND n.outcome IN ('processed', 'pending')
        -- another list of codes in a column of documents joins like this last one
       ) WHERE (SELECT forgotten_at FROM documents WHERE id = NEW.document_id) IS NULL)
     WHERE id = NEW.document_id;
    UPDATE documents
       SET (reasons, open_reasons, urgency) =
           (SELECT json_group_array(DISTINCT r.code),
                   json_group_array(DISTINCT r.code) FILTER (WHERE r.open),
                   coalesce(min(r.urgency) FILTER (WHERE r.open), 9)
              FROM (SELECT x.code, x.open,
                           CASE WHEN x.code = 'no_delegate_found' THEN 0
                                WHEN documents.outcome = 'failed' OR x.code IN
                                     ('page_unread', 'unread_print', 'address_without_person',
                                      'row_without_name', 'post_without_person',
                                      'copies_differ', 'copy_reads_otherwise',
                                      'announced_number_differs', 'names_in_declining_note',
                                      'kind_uncertain', 'replaced_person_not_found') THEN 1
                                ELSE 2 END AS urgency
                      FROM note_reasons AS x
                     WHERE x.document_id = NEW.document_id
                     ORDER BY 3, 1) AS r)
     WHERE id = NEW.document_id;
    UPDATE documents SET needs_review = open_reasons <> '[]'
     WHERE id = NEW.document_id AND needs_review <> (open_reasons <> '[]');
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
END;

CREATE TRIGGER note_refresh_later INSTEAD OF INSERT ON note_refresh
WHEN EXISTS (SELECT 1 FROM writer WHERE later = 1)
BEGIN
    INSERT OR IGNORE INTO notes_later (document_id)
    SELECT NEW.document_id WHERE NEW.document_id IS NOT NULL;
END;


CREATE VIEW notes_to_answer AS
SELECT id AS document_id, state
  FROM documents
 WHERE answered <> '[]'
    OR (needs_review = 1 AND (instr(doubts, '"reference_uncertain"') > 0
                              OR instr(doubts, '"address_without_person"') > 0));


CREATE VIEW pages_list AS
SELECT p.document_id AS document_id,
       n.filename AS filename,
       p.number AS page_number,
       p.outcome AS outcome,
       p.reason AS reason,
       p.language AS language,
       p.mean_confidence AS mean_confidence,
       p.text AS text
  FROM pages AS p
  JOIN documents AS n ON n.id = p.document_id
 ORDER BY p.document_id, p.number;


CREATE VIEW reasons_list AS
SELECT d.id AS delegate_id,
       d.document_id AS document_id,
       d.name AS name,
       r.value AS reason,
       coalesce(w.words, replace(r.value, '_', ' ')) AS words,
       coalesce((SELECT group_concat(DISTINCT x.field) FROM doubts_of_rows AS x
                  WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0),
                (SELECT group_concat(DISTINCT x.field) FROM doubts_of_notes AS x
                  WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0)) AS field,
       coalesce((SELECT group_concat(DISTINCT x.detail) FROM doubts_of_rows AS x
                  WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0),
                (SELECT group_concat(DISTINCT x.detail) FROM doubts_of_notes AS x
                  WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0)) AS detail
  FROM delegates AS d
 CROSS JOIN json_each(d.reasons) AS r
  LEFT JOIN reason_words AS w ON w.code = r.value
 ORDER BY d.id;


CREATE VIEW review_queue AS
SELECT * FROM (
    SELECT NULL AS delegate_id,
           n.id AS document_id,
           n.state AS state,
           n.meeting AS meeting,
           (SELECT m.deadline FROM meetings AS m WHERE m.reference = n.meeting) AS deadline,
           NULL AS name,
           NULL AS title,
           NULL AS email,
           NULL AS confidence,
           'needs_review' AS status,
           (SELECT group_concat(coalesce(w.words, replace(r.value, '_', ' ')), '; ')
              FROM json_each(n.open_reasons) AS r
              LEFT JOIN reason_words AS w ON w.code = r.value) AS why,
           n.filename AS filename,
           NULL AS worth
      FROM documents AS n INDEXED BY documents_to_review
     WHERE n.needs_review = 1
       AND NOT EXISTS (SELECT 1 FROM delegates AS d
                        WHERE d.document_id = n.id AND d.current = 1
                          AND (+d.status = 'needs_review'
                               OR instr(d.reasons, '"reading_changed"') > 0))
     ORDER BY n.urgency, n.id)
UNION ALL
SELECT * FROM (
    SELECT d.id,
           d.document_id,
           n.state,
           n.meeting,
           d.due,
           d.name,
           d.title,
           d.email,
           d.confidence,
           d.status,
           (SELECT group_concat(coalesce(w.words, replace(r.value, '_', ' ')), '; ')
              FROM json_each(d.reasons) AS r LEFT JOIN reason_words AS w ON w.code = r.value),
           n.filename,
           d.worth
      FROM delegates AS d
     CROSS JOIN documents AS n ON n.id = d.document_id
     WHERE d.current = 1
       AND (d.status = 'needs_review' OR instr(d.reasons, '"reading_changed"') > 0)
     ORDER BY d.halvings + julianday(coalesce(d.due, '9999-12-31')) / 14.0, d.document_id, d.seq, d.id)
UNION ALL
SELECT * FROM (
    SELECT d.id,
           d.document_id,
           n.state,
           n.meeting,
           d.due,
           d.name,
           d.title,
           d.email,
           d.confidence,
           d.status,
           'nothing is doubtful; nobody has looked at it yet',
           n.filename,
           d.worth
      FROM delegates AS d
     CROSS JOIN documents AS n ON n.id = d.document_id
     WHERE d.current = 1
       AND d.status = 'new'
       AND NOT instr(d.reasons, '"reading_changed"') > 0
     ORDER BY d.due IS NULL, d.due, d.document_id, d.seq, d.id);


CREATE VIEW review_refresh AS SELECT NULL AS document_id;

CREATE TRIGGER review_refresh_insert INSTEAD OF INSERT ON review_refresh
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE later IS NOT NULL)
BEGIN
    DELETE FROM review_waiting WHERE document_id = NEW.document_id;
    INSERT INTO review_waiting
           (document_id, meeting, confidence, delegates, marked, look, worth, cost)
    SELECT r.id, r.meeting, r.confidence, r.open, r.marked, r.look, r.worth,
           (p.note_s * (1 + r.look) + p.marked_s * r.marked + p.plain_s * (r.open - r.marked))
           / max(r.worth, 0.000001)
      FROM pace AS p,
           (SELECT n.id, coalesce(n.meeting, '') AS meeting,
                   CASE WHEN n.needs_review = 1 AND n.urgency = 0 THEN -1.0
                        WHEN d.open > 0 THEN d.lowest
                        WHEN n.needs_review = 1 THEN 0.0
                        ELSE 0.95 END AS confidence,
                   d.open, d.marked, n.needs_review AS look,
                   d.worth + CASE WHEN n.needs_review = 0 THEN 0.0
                                  WHEN n.urgency = 0 THEN 18.0
                                  WHEN n.urgency = 1 THEN 7.2
                                  ELSE 1.8 END AS worth
              FROM documents AS n,
                   (SELECT count(*) AS total, total(waits) AS open, total(waits AND marks) AS marked,
                           total(CASE WHEN waits THEN worth END) AS worth,
                           min(CASE WHEN waits THEN confidence END) AS lowest
                      FROM (SELECT confidence, worth,
                                   status = 'needs_review'
                                   OR instr(reasons, '"reading_changed"') > 0 AS marks,
                                   current = 1 AND (status IN ('new', 'needs_review')
                                       OR instr(reasons, '"reading_changed"') > 0) AS waits
                              FROM delegates WHERE document_id = NEW.document_id)) AS d
             WHERE n.id = NEW.document_id AND n.outcome = 'processed'
               AND (d.open > 0 OR n.needs_review = 1
                    OR (d.total = 0 AND n.same_as IS NULL AND NOT EXISTS
                        (SELECT 1 FROM reviews WHERE document_id = NEW.document_id)
                        AND NOT EXISTS (SELECT 1 FROM delegates AS x JOIN documents AS a
                                            ON a.id = x.document_id WHERE a.part_of = n.id)))
           ) AS r;
END;

CREATE TRIGGER review_refresh_later INSTEAD OF INSERT ON review_refresh
WHEN EXISTS (SELECT 1 FROM writer WHERE later IS NOT NULL)
BEGIN
    INSERT OR IGNORE INTO reviews_later (document_id)
    SELECT NEW.document_id WHERE NEW.document_id IS NOT NULL;
END;


CREATE VIEW revisions_list AS
SELECT r.document_id AS document_id,
       r.earlier_id AS earlier_document_id,
       n.state AS state,
       n.meeting AS meeting,
       r.how AS how,
       o.note_reference AS earlier_reference,
       o.note_date AS earlier_date,
       n.note_reference AS note_reference,
       n.note_date AS note_date,
       CASE WHEN s.delegate_id IS NULL THEN 'added'
            WHEN s.same_person = 0 THEN 'in place of'
            WHEN e.honorific IS NOT d.honorific OR e.name IS NOT d.name OR e.title IS NOT d.title
              OR e.organization IS NOT d.organization OR e.email IS NOT d.email
              OR e.phone IS NOT d.phone OR e.role IS NOT d.role THEN 'changed'
            ELSE 'kept' END AS change,
       e.id AS earlier_delegate_id,
       e.name AS earlier_name,
       e.title AS earlier_title,
       e.email AS earlier_email,
       d.id AS delegate_id,
       d.name AS name,
       d.title AS title,
       d.email AS email,
       d.current AS current
  FROM revisions AS r
  JOIN documents AS n ON n.id = r.document_id
  JOIN documents AS o ON o.id = r.earlier_id
  JOIN delegates AS d ON d.document_id = r.document_id
  LEFT JOIN successions AS s ON s.delegate_id = d.id
  LEFT JOIN delegates AS e ON e.id = s.earlier_id
UNION ALL
SELECT r.document_id, r.earlier_id, n.state, n.meeting, r.how, o.note_reference, o.note_date,
       n.note_reference, n.note_date,
       CASE WHEN e.current = 1 THEN 'stays' ELSE 'dropped' END,
       e.id, e.name, e.title, e.email, NULL, NULL, NULL, NULL, e.current
  FROM revisions AS r
  JOIN documents AS n ON n.id = r.document_id
  JOIN documents AS o ON o.id = r.earlier_id
  JOIN delegates AS e ON e.document_id = r.earlier_id
 WHERE NOT EXISTS (SELECT 1 FROM successions AS s JOIN delegates AS d ON d.id = s.delegate_id
                    WHERE s.earlier_id = e.id AND d.document_id = r.document_id);


CREATE VIEW search_in AS SELECT entry FROM search_later;

CREATE TRIGGER search_in_entry INSTEAD OF INSERT ON search_in
BEGIN
    INSERT INTO search_words (rowid, name, title, organization, email)
    SELECT -id, name, title, organization, email FROM delegates WHERE id = -NEW.entry;
    INSERT INTO search_words (rowid, page) SELECT id, text FROM pages WHERE id = NEW.entry;
    INSERT INTO search_chinese (rowid, name, title, organization)
    SELECT -id, name, title, organization FROM delegates
     WHERE id = -NEW.entry
       AND coalesce(name, '') || coalesce(title, '') || coalesce(organization, '')
           GLOB '*[㐀-鿿]*';
    INSERT INTO search_chinese (rowid, page)
    SELECT id, text FROM pages WHERE id = NEW.entry AND text GLOB '*[㐀-鿿]*';
END;


CREATE VIEW search_out AS SELECT entry FROM search_later;

CREATE TRIGGER search_out_entry INSTEAD OF INSERT ON search_out
BEGIN
    DELETE FROM search_words WHERE rowid = NEW.entry;
    DELETE FROM search_chinese WHERE rowid = NEW.entry;
END;


CREATE VIEW search_refresh AS SELECT entry, was FROM search_later;

CREATE TRIGGER search_refresh_later INSTEAD OF INSERT ON search_refresh
WHEN EXISTS (SELECT 1 FROM writer WHERE later IS NOT NULL)
BEGIN
    INSERT OR IGNORE INTO search_later (entry, was) VALUES (NEW.entry, NEW.was);
END;

CREATE TRIGGER search_refresh_now INSTEAD OF INSERT ON search_refresh
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE later IS NOT NULL)
BEGIN
    INSERT INTO search_out VALUES (NEW.entry);
    INSERT INTO search_in VALUES (NEW.entry);
END;


CREATE VIEW search_write AS SELECT count(*) AS entries FROM search_later;

CREATE TRIGGER search_write_noted INSTEAD OF INSERT ON search_write
BEGIN
    INSERT INTO search_out SELECT entry FROM search_later WHERE was ORDER BY entry;
    INSERT INTO search_in SELECT entry FROM search_later ORDER BY entry;
    DELETE FROM search_later;
END;


CREATE VIEW settled_fields AS
SELECT c.table_name AS table_name, c.row_id AS row_id, c.field AS field
  FROM corrections AS c
 WHERE c.action = 'update'
   AND NOT EXISTS (SELECT 1 FROM corrections AS later
                    WHERE later.table_name = c.table_name AND later.row_id = c.row_id
                      AND later.action = 'update' AND later.field = c.field AND later.id > c.id)
   AND c.new IS NOT (SELECT read.old FROM corrections AS read
                      WHERE read.table_name = c.table_name AND read.row_id = c.row_id
                        AND read.action = 'update' AND read.field = c.field
                      ORDER BY read.id LIMIT 1);


CREATE VIEW settled_reasons AS
SELECT d.id AS delegate_id, r.value AS reason
  FROM delegates AS d
 CROSS JOIN json_each(d.reasons) AS r
 WHERE (EXISTS (SELECT 1 FROM doubts_of_rows AS x WHERE x.delegate_id = d.id AND x.code = r.value)
        OR EXISTS (SELECT 1 FROM doubts_of_notes AS x
                    WHERE x.delegate_id = d.id AND x.code = r.value))
   AND NOT EXISTS (SELECT 1 FROM doubts_of_rows AS x
                    WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0)
   AND NOT EXISTS (SELECT 1 FROM doubts_of_notes AS x
                    WHERE x.delegate_id = d.id AND x.code = r.value AND x.settled = 0);


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
