-- Finding by text: an index over what the ledger, the stories and the offers say. The rows stay where they are; the
-- index holds words alone, and lets go of an erased word for good (secure-delete).

CREATE VIEW notes_text (nth, text) AS SELECT nth, body ->> '$.text' FROM notes;

CREATE VIRTUAL TABLE ledger_search USING fts5 (
    name, value,
    content = 'ledger', content_rowid = 'seq', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE notes_search USING fts5 (
    text,
    content = 'notes_text', content_rowid = 'nth', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
-- The lines' titles stand in an array, which an index without a copy of its own cannot look into: there are few offers.
CREATE VIRTUAL TABLE offers_search USING fts5 (
    vendor, lines, note,
    prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO ledger_search (ledger_search, rank) VALUES ('secure-delete', 1);
INSERT INTO notes_search (notes_search, rank) VALUES ('secure-delete', 1);
INSERT INTO offers_search (offers_search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER ledger_is_found AFTER INSERT ON ledger
BEGIN INSERT INTO ledger_search (rowid, name, value) VALUES (NEW.seq, NEW.name, NEW.value); END;
CREATE TRIGGER ledger_values_are_lost AFTER UPDATE OF value ON ledger
BEGIN
    INSERT INTO ledger_search (ledger_search, rowid, name, value) VALUES ('delete', OLD.seq, OLD.name, OLD.value);
    INSERT INTO ledger_search (rowid, name, value) VALUES (NEW.seq, NEW.name, NEW.value);
END;
CREATE TRIGGER notes_are_found AFTER INSERT ON notes
BEGIN INSERT INTO notes_search (rowid, text) SELECT nth, text FROM notes_text WHERE nth = NEW.nth; END;
CREATE TRIGGER notes_are_lost BEFORE DELETE ON notes
BEGIN
    INSERT INTO notes_search (notes_search, rowid, text)
    SELECT 'delete', nth, text FROM notes_text WHERE nth = OLD.nth;
END;
CREATE TRIGGER offers_are_found AFTER INSERT ON offers
BEGIN
    INSERT INTO offers_search (rowid, vendor, lines, note)
    SELECT
        NEW.nth,
        NEW.body ->> '$.vendor_name',
        (SELECT group_concat(value ->> '$.title', ' ') FROM json_each(NEW.body, '$.lines')),
        NEW.body ->> '$.note';
END;
CREATE TRIGGER offers_are_lost BEFORE DELETE ON offers
BEGIN DELETE FROM offers_search WHERE rowid = OLD.nth; END;

-- What was kept before this schema.
INSERT INTO ledger_search (ledger_search) VALUES ('rebuild');
INSERT INTO notes_search (notes_search) VALUES ('rebuild');
INSERT INTO offers_search (rowid, vendor, lines, note)
SELECT
    nth,
    body ->> '$.vendor_name',
    (SELECT group_concat(line.value ->> '$.title', ' ') FROM json_each(offers.body, '$.lines') AS line),
    body ->> '$.note'
FROM offers;
