-- What lies in a counterparty's file beside the conversation: cases, contracts, promises, requests, attached documents.
-- One table, since each paper is one record with its own form (vrm_desktop/domain/papers.py names the kinds); `words` is
-- what a search finds it by. A paper that is dropped leaves its words and its bytes nowhere.
CREATE TABLE papers (
    nth          INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL,
    id           TEXT NOT NULL,
    vendor       TEXT REFERENCES vendors (id) DEFERRABLE INITIALLY DEFERRED,
    relationship TEXT REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    words        TEXT NOT NULL,
    body         TEXT NOT NULL,
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX papers_by_vendor ON papers (vendor);
CREATE INDEX papers_by_relationship ON papers (relationship);

-- The bytes of attached documents, apart from the papers that are read in lists.
CREATE TABLE attached_bytes (
    nth  INTEGER PRIMARY KEY REFERENCES papers (nth) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    data BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE papers_search USING fts5 (
    words,
    content = 'papers', content_rowid = 'nth', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO papers_search (papers_search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER papers_are_found AFTER INSERT ON papers
BEGIN INSERT INTO papers_search (rowid, words) VALUES (NEW.nth, NEW.words); END;
CREATE TRIGGER papers_are_found_anew AFTER UPDATE OF words ON papers
BEGIN
    INSERT INTO papers_search (papers_search, rowid, words) VALUES ('delete', OLD.nth, OLD.words);
    INSERT INTO papers_search (rowid, words) VALUES (NEW.nth, NEW.words);
END;
CREATE TRIGGER papers_are_lost AFTER DELETE ON papers
BEGIN INSERT INTO papers_search (papers_search, rowid, words) VALUES ('delete', OLD.nth, OLD.words); END;
