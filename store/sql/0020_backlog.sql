-- What waits to be read, in its order, found without looking at what does not.
CREATE INDEX documents_waiting ON documents (id) WHERE outcome = 'pending';
