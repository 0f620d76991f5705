-- A file that came inside another document (a PDF in a PDF): the document it was taken out of.
ALTER TABLE documents ADD COLUMN enclosed_in INTEGER REFERENCES documents (id) ON DELETE CASCADE;

-- The note whose annex this is: a list without formulas that came inside the note, or beside it
-- in a portfolio. State, number, date and meeting are the note's, and the two are judged as one.
ALTER TABLE documents ADD COLUMN part_of INTEGER REFERENCES documents (id) ON DELETE SET NULL;

CREATE INDEX documents_enclosed_in ON documents (enclosed_in) WHERE enclosed_in IS NOT NULL;
CREATE INDEX documents_part_of ON documents (part_of) WHERE part_of IS NOT NULL;
