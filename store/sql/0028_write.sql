-- What one coordinator writes a second: the indexes of words are written once a transaction.

-- While the pipeline writes, entries of the search that are to be written anew are only noted; at
-- the end of the transaction they are written in one go, in their order. FTS5 begins a segment for
-- every entry that comes out of order and at every statement, and merges them all later on.
-- entry: as in search_words, the id of a page or the negative of a delegate's. was: 1 if the index
-- may have it already. What people write is found at once.
CREATE TABLE search_later (entry INTEGER PRIMARY KEY, was INTEGER NOT NULL);

CREATE VIEW search_refresh AS SELECT entry, was FROM search_later;

CREATE TRIGGER search_refresh_later INSTEAD OF INSERT ON search_refresh
WHEN EXISTS (SELECT 1 FROM writer WHERE later IS NOT NULL)
BEGIN
    INSERT OR IGNORE INTO search_later (entry, was) VALUES (NEW.entry, NEW.was);
END;

-- One entry taken out of the indexes, and one put in. Many go through these, too: of one DELETE or
-- INSERT for all of them SQLite may make a scan of the whole index, or of all pages.
CREATE VIEW search_out AS SELECT entry FROM search_later;

CREATE TRIGGER search_out_entry INSTEAD OF INSERT ON search_out
BEGIN
    DELETE FROM search_words WHERE rowid = NEW.entry;
    DELETE FROM search_chinese WHERE rowid = NEW.entry;
END;

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

CREATE TRIGGER search_refresh_now INSTEAD OF INSERT ON search_refresh
WHEN NOT EXISTS (SELECT 1 FROM writer WHERE later IS NOT NULL)
BEGIN
    INSERT INTO search_out VALUES (NEW.entry);
    INSERT INTO search_in VALUES (NEW.entry);
END;

-- All that was noted, written by one insert of anything.
CREATE VIEW search_write AS SELECT count(*) AS entries FROM search_later;

CREATE TRIGGER search_write_noted INSTEAD OF INSERT ON search_write
BEGIN
    INSERT INTO search_out SELECT entry FROM search_later WHERE was ORDER BY entry;
    INSERT INTO search_in SELECT entry FROM search_later ORDER BY entry;
    DELETE FROM search_later;
END;

DROP TRIGGER search_delegate_added;
CREATE TRIGGER search_delegate_added AFTER INSERT ON delegates
BEGIN
    INSERT INTO search_refresh VALUES (-NEW.id, 0);
END;

DROP TRIGGER search_delegate_changed;
CREATE TRIGGER search_delegate_changed
AFTER UPDATE OF name, title, organization, email ON delegates
BEGIN
    INSERT INTO search_refresh VALUES (-NEW.id, 1);
END;

DROP TRIGGER search_delegate_gone;
CREATE TRIGGER search_delegate_gone AFTER DELETE ON delegates
BEGIN
    INSERT INTO search_refresh VALUES (-OLD.id, 1);
END;

DROP TRIGGER search_page_added;
CREATE TRIGGER search_page_added AFTER INSERT ON pages
BEGIN
    INSERT INTO search_refresh VALUES (NEW.id, 0);
END;

DROP TRIGGER search_page_changed;
CREATE TRIGGER search_page_changed AFTER UPDATE OF text ON pages
BEGIN
    INSERT INTO search_refresh VALUES (NEW.id, 1);
END;

DROP TRIGGER search_page_gone;
CREATE TRIGGER search_page_gone AFTER DELETE ON pages
BEGIN
    INSERT INTO search_refresh VALUES (OLD.id, 1);
END;

-- A row that is written with its deadline is not written twice.
DROP TRIGGER due_delegate_added;
CREATE TRIGGER due_delegate_added AFTER INSERT ON delegates
WHEN NEW.due IS NOT (SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting
                      WHERE n.id = NEW.document_id)
BEGIN
    UPDATE delegates
       SET due = (SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting
                   WHERE n.id = NEW.document_id)
     WHERE id = NEW.id;
END;

-- Whose address is missing is found without reading those who have one.
CREATE INDEX delegates_without_address ON delegates (document_id, seq, id)
 WHERE current = 1 AND coalesce(trim(email), '') = '';
