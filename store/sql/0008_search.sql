-- Search over delegates and page text. A row's text is kept true by triggers whoever writes; they
-- read the row as it stands and so need not care which of several triggers runs first.
-- Delegates have the negative of their id as rowid and pages their id: delegates come first, the
-- newest at the top, and nothing has to be sorted.
-- Words: case and accents do not count, so ouedraogo finds OUÉDRAOGO and иван finds ИВАН.
CREATE VIRTUAL TABLE search_words USING fts5(
    name, title, organization, email, page,
    tokenize = "unicode61 remove_diacritics 2"
);

-- Chinese has no spaces between words: every three signs in a row, of rows in Chinese alone.
CREATE VIRTUAL TABLE search_chinese USING fts5(
    name, title, organization, page,
    tokenize = "trigram"
);

CREATE TRIGGER search_delegate_added AFTER INSERT ON delegates
BEGIN
    DELETE FROM search_words WHERE rowid = -NEW.id;
    DELETE FROM search_chinese WHERE rowid = -NEW.id;
    INSERT INTO search_words (rowid, name, title, organization, email)
    SELECT -id, name, title, organization, email FROM delegates WHERE id = NEW.id;
    INSERT INTO search_chinese (rowid, name, title, organization)
    SELECT -id, name, title, organization FROM delegates
     WHERE id = NEW.id
       AND coalesce(name, '') || coalesce(title, '') || coalesce(organization, '')
           GLOB '*[㐀-鿿]*';
END;

CREATE TRIGGER search_delegate_changed
AFTER UPDATE OF name, title, organization, email ON delegates
BEGIN
    DELETE FROM search_words WHERE rowid = -NEW.id;
    DELETE FROM search_chinese WHERE rowid = -NEW.id;
    INSERT INTO search_words (rowid, name, title, organization, email)
    SELECT -id, name, title, organization, email FROM delegates WHERE id = NEW.id;
    INSERT INTO search_chinese (rowid, name, title, organization)
    SELECT -id, name, title, organization FROM delegates
     WHERE id = NEW.id
       AND coalesce(name, '') || coalesce(title, '') || coalesce(organization, '')
           GLOB '*[㐀-鿿]*';
END;

CREATE TRIGGER search_delegate_gone AFTER DELETE ON delegates
BEGIN
    DELETE FROM search_words WHERE rowid = -OLD.id;
    DELETE FROM search_chinese WHERE rowid = -OLD.id;
END;

CREATE TRIGGER search_page_added AFTER INSERT ON pages
BEGIN
    INSERT INTO search_words (rowid, page) VALUES (NEW.id, NEW.text);
    INSERT INTO search_chinese (rowid, page)
    SELECT NEW.id, NEW.text WHERE NEW.text GLOB '*[㐀-鿿]*';
END;

CREATE TRIGGER search_page_changed AFTER UPDATE OF text ON pages
BEGIN
    DELETE FROM search_words WHERE rowid = NEW.id;
    DELETE FROM search_chinese WHERE rowid = NEW.id;
    INSERT INTO search_words (rowid, page) VALUES (NEW.id, NEW.text);
    INSERT INTO search_chinese (rowid, page)
    SELECT NEW.id, NEW.text WHERE NEW.text GLOB '*[㐀-鿿]*';
END;

CREATE TRIGGER search_page_gone AFTER DELETE ON pages
BEGIN
    DELETE FROM search_words WHERE rowid = OLD.id;
    DELETE FROM search_chinese WHERE rowid = OLD.id;
END;

INSERT INTO search_words (rowid, name, title, organization, email)
SELECT -id, name, title, organization, email FROM delegates ORDER BY id DESC;
INSERT INTO search_words (rowid, page) SELECT id, text FROM pages ORDER BY id;
INSERT INTO search_chinese (rowid, name, title, organization)
SELECT -id, name, title, organization FROM delegates
 WHERE coalesce(name, '') || coalesce(title, '') || coalesce(organization, '') GLOB '*[㐀-鿿]*'
 ORDER BY id DESC;
INSERT INTO search_chinese (rowid, page)
SELECT id, text FROM pages WHERE text GLOB '*[㐀-鿿]*' ORDER BY id;

-- For people: SELECT * FROM found WHERE words = 'ouedraogo'. The last column takes the question;
-- what it shows is of no use.
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

-- The same for Chinese: three or more signs, wherever they stand.
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
