-- What waits to be read, in its order, found without looking at what does not.
CREATE INDEX documents_waiting ON documents (id) WHERE outcome = 'pending';

-- Files of folders that were taken in whole, see store/intake/known_files.py.
CREATE TABLE known_files (
    print TEXT PRIMARY KEY,              -- a digest of its path, size, inode and times
    items INTEGER NOT NULL,              -- messages or scans in it
    sha256 TEXT                          -- of its bytes where it is one item
) WITHOUT ROWID;

-- Why rows wait for a person is counted without reading the rows.
CREATE INDEX delegates_by_reasons ON delegates (reasons)
 WHERE status = 'needs_review' AND current = 1;
