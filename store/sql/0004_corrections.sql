-- Checks and records of what people write, by whatever tool. The pipeline's own transactions
-- hold a row in writer, which silences them; nobody else ever sees that row.
-- Checks stand in BEFORE triggers, records in AFTER triggers.

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

CREATE TRIGGER delegates_edited
AFTER UPDATE OF document_id, seq, honorific, name, title, organization,
                email, phone, role, status, current ON delegates
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    SELECT 'delegates', NEW.id, OLD.document_id, 'update', field, old, new,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), 'command line'),
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
        UNION ALL SELECT 'current', OLD.current, NEW.current)
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
                       WHERE value <> 'reading_changed')
     WHERE id = NEW.id;
    DELETE FROM writer WHERE rowid = (SELECT max(rowid) FROM writer);
    INSERT OR IGNORE INTO stale (document_id) VALUES (OLD.document_id), (NEW.document_id);
END;

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
    INSERT INTO corrections (table_name, row_id, document_id, action, new, who, at)
    SELECT 'delegates', d.id, d.document_id, 'insert',
           json_object('document_id', d.document_id, 'seq', d.seq, 'honorific', d.honorific,
               'name', d.name,
               'title', d.title, 'organization', d.organization, 'email', d.email, 'phone', d.phone,
               'role', d.role, 'status', d.status, 'current', d.current, 'origin', d.origin,
               'read_seq', d.read_seq, 'read_name', d.read_name),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM delegates AS d WHERE d.id = NEW.id;
    INSERT OR IGNORE INTO stale (document_id) VALUES (NEW.document_id);
END;

CREATE TRIGGER delegates_deleted AFTER DELETE ON delegates
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, old, who, at)
    VALUES ('delegates', OLD.id, OLD.document_id, 'delete',
           json_object('document_id', OLD.document_id, 'seq', OLD.seq, 'honorific', OLD.honorific,
               'name', OLD.name, 'title', OLD.title, 'organization', OLD.organization,
               'email', OLD.email, 'phone', OLD.phone,
               'role', OLD.role, 'status', OLD.status, 'current', OLD.current, 'origin', OLD.origin,
               'read_seq', OLD.read_seq, 'read_name', OLD.read_name),
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), 'command line'),
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
    INSERT OR IGNORE INTO stale (document_id) VALUES (OLD.document_id);
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

CREATE TRIGGER documents_edited
AFTER UPDATE OF state, meeting, note_reference, note_date, kind, revision, language,
                outcome, reason, supersedes ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new, who, at)
    SELECT 'documents', NEW.id, NEW.id, 'update', field, old, new,
           coalesce((SELECT who FROM writer WHERE who <> 'pipeline' LIMIT 1), 'command line'),
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

CREATE TRIGGER documents_check_insert BEFORE INSERT ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'documents are added with: noteverbale process FILE');
END;

CREATE TRIGGER documents_check_delete BEFORE DELETE ON documents
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE who = 'pipeline')
BEGIN
    SELECT RAISE(ABORT, 'a document is not deleted; set its outcome to rejected or duplicate');
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
           name = NEW.name, title = NEW.title,
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

CREATE TRIGGER delegation_list_insert INSTEAD OF INSERT ON delegation_list
BEGIN
    SELECT RAISE(ABORT, 'document_id and name are needed to add a delegate')
     WHERE NEW.document_id IS NULL OR NEW.name IS NULL;
    INSERT INTO delegates (document_id, seq, honorific, name, title, organization, email, phone,
                           role, status, current)
    VALUES (NEW.document_id, NEW.seq, NEW.honorific, NEW.name, NEW.title, NEW.organization,
            NEW.email, NEW.phone, NEW.role, coalesce(NEW.status, 'corrected'),
            coalesce(NEW.current, 1));
END;

CREATE TRIGGER delegation_list_delete INSTEAD OF DELETE ON delegation_list
BEGIN
    DELETE FROM delegates WHERE id = OLD.delegate_id;
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
    UPDATE documents
       SET outcome = NEW.outcome, reason = NEW.reason, language = NEW.language,
           state = NEW.state, meeting = NEW.meeting, note_reference = NEW.note_reference,
           note_date = NEW.note_date, kind = NEW.kind, supersedes = NEW.supersedes
     WHERE id = OLD.document_id;
END;

CREATE TRIGGER documents_list_insert INSTEAD OF INSERT ON documents_list
BEGIN
    SELECT RAISE(ABORT, 'documents are added with: noteverbale process FILE');
END;

CREATE TRIGGER documents_list_delete INSTEAD OF DELETE ON documents_list
BEGIN
    SELECT RAISE(ABORT, 'a document is not deleted; set its outcome to rejected or duplicate');
END;
