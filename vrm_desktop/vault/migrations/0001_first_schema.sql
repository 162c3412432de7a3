-- The first schema. One table per noun: key columns for looking up, and the record itself as canonical JSON in `body`.
-- `nth` numbers rows in the order of their making (a VACUUM keeps it). Instants are microseconds since 1970 in UTC,
-- days ISO 8601. References are checked when the transaction commits, so a closure may write in any order.

-- One row that says which vault this is; compared with the header at every opening.
CREATE TABLE vault_info (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    vault_id BLOB NOT NULL CHECK (length(vault_id) = 16),
    created  TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What I want.
CREATE TABLE intentcasts (
    nth  INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE plans (
    intentcast TEXT PRIMARY KEY NOT NULL REFERENCES intentcasts (id) DEFERRABLE INITIALLY DEFERRED,
    body       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- My profile.
CREATE TABLE profile_fields (
    nth  INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

-- Whom I can ask.
CREATE TABLE vendors (
    nth  INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

-- One key and one read secret per relationship, never shared by two.
CREATE TABLE identities (
    relationship TEXT PRIMARY KEY NOT NULL,
    kid          TEXT NOT NULL UNIQUE,
    seed         BLOB NOT NULL UNIQUE CHECK (length(seed) = 32),
    read_secret  TEXT NOT NULL UNIQUE CHECK (read_secret <> '')
) STRICT;

CREATE TABLE relationships (
    nth        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    vendor     TEXT NOT NULL REFERENCES vendors (id) DEFERRABLE INITIALLY DEFERRED,
    intentcast TEXT REFERENCES intentcasts (id) DEFERRABLE INITIALLY DEFERRED,
    body       TEXT NOT NULL
) STRICT;
CREATE INDEX relationships_by_vendor ON relationships (vendor);
CREATE INDEX relationships_by_intentcast ON relationships (intentcast);

CREATE TABLE agreements (
    nth          INTEGER PRIMARY KEY,
    relationship TEXT NOT NULL REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    hash         TEXT NOT NULL,
    body         TEXT NOT NULL,
    UNIQUE (relationship, hash)
) STRICT;

-- An offer's content never changes, so its state stands beside the body.
CREATE TABLE offers (
    nth          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    relationship TEXT NOT NULL REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    intentcast   TEXT NOT NULL REFERENCES intentcasts (id) DEFERRABLE INITIALLY DEFERRED,
    state        TEXT NOT NULL,
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX offers_by_relationship ON offers (relationship);
CREATE INDEX offers_by_intentcast ON offers (intentcast);

CREATE TABLE orders (
    nth          INTEGER PRIMARY KEY,
    relationship TEXT NOT NULL UNIQUE REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    offer        TEXT NOT NULL UNIQUE,
    body         TEXT NOT NULL
) STRICT;

-- What the person decided to say. `act` is the decision (its class is named by `kind`), `envelope` what leaves.
CREATE TABLE outbox (
    nth          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    relationship TEXT NOT NULL REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    kind         TEXT NOT NULL,
    act          TEXT NOT NULL,
    state        TEXT NOT NULL,
    made         INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    channel      TEXT NOT NULL,
    message      TEXT UNIQUE,
    envelope     BLOB NOT NULL,
    attempts     INTEGER NOT NULL CHECK (attempts >= 0),
    maybe        INTEGER NOT NULL CHECK (maybe IN (0, 1)),
    trouble      TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, not_before);
CREATE INDEX outbox_by_relationship ON outbox (relationship);

CREATE TABLE pledges (
    relationship TEXT NOT NULL REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    name         TEXT NOT NULL,
    text         TEXT NOT NULL,
    PRIMARY KEY (relationship, name)
) STRICT, WITHOUT ROWID;

-- How long the two chains are and where they end, so that a lost last row is noticed too.
CREATE TABLE chain_heads (
    name   TEXT PRIMARY KEY NOT NULL CHECK (name IN ('journal', 'ledger')),
    length INTEGER NOT NULL CHECK (length > 0),
    head   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER chain_heads_start BEFORE INSERT ON chain_heads
WHEN NEW.length <> 1 OR EXISTS (SELECT 1 FROM chain_heads WHERE name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'a chain starts with its first row'); END;
CREATE TRIGGER chain_heads_move_on BEFORE UPDATE ON chain_heads
WHEN NEW.name <> OLD.name OR NEW.length <> OLD.length + 1
BEGIN SELECT RAISE(ABORT, 'a chain grows by one row'); END;
CREATE TRIGGER chain_heads_stay BEFORE DELETE ON chain_heads
BEGIN SELECT RAISE(ABORT, 'a chain is never forgotten'); END;

-- Exact signed bytes, append-only. `body` is what the chain covers: the row with digests for `jws` and disclosures.
CREATE TABLE journal (
    seq          INTEGER PRIMARY KEY CHECK (seq > 0),
    relationship TEXT NOT NULL REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    sender       TEXT NOT NULL,
    number       INTEGER NOT NULL CHECK (number > 0),
    message      TEXT NOT NULL UNIQUE,
    jws          TEXT NOT NULL,
    body         TEXT NOT NULL,
    chain        TEXT NOT NULL,
    UNIQUE (relationship, sender, number)
) STRICT;
CREATE TRIGGER journal_grows_with_its_chain BEFORE INSERT ON journal
WHEN NOT EXISTS (SELECT 1 FROM chain_heads WHERE name = 'journal' AND length = NEW.seq AND head = NEW.chain)
BEGIN SELECT RAISE(ABORT, 'a row is added at the end of its chain'); END;
CREATE TRIGGER journal_replaces_nothing BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq OR message = NEW.message)
    OR EXISTS (
        SELECT 1 FROM journal
        WHERE relationship = NEW.relationship AND sender = NEW.sender AND number = NEW.number
    )
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_everything BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- The disclosures beside the signed bytes: the only part of the journal that can be erased.
CREATE TABLE journal_disclosures (
    seq      INTEGER NOT NULL REFERENCES journal (seq) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 0),
    text     TEXT NOT NULL,
    PRIMARY KEY (seq, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER journal_disclosures_replace_nothing BEFORE INSERT ON journal_disclosures
WHEN EXISTS (SELECT 1 FROM journal_disclosures WHERE seq = NEW.seq AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a disclosure is kept or erased'); END;
CREATE TRIGGER journal_disclosures_never_change BEFORE UPDATE ON journal_disclosures
BEGIN SELECT RAISE(ABORT, 'a disclosure is kept or erased'); END;

-- Who knows what, append-only. `body` is what the chain covers: the row with a salted digest for the value. Only the
-- state moves; value and salt can be erased together.
CREATE TABLE ledger (
    seq          INTEGER PRIMARY KEY CHECK (seq > 0),
    relationship TEXT NOT NULL REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    vendor       TEXT NOT NULL REFERENCES vendors (id) DEFERRABLE INITIALLY DEFERRED,
    message      TEXT NOT NULL,
    name         TEXT NOT NULL,
    until        TEXT NOT NULL,
    state        TEXT NOT NULL,
    value        TEXT,
    salt         BLOB CHECK (length(salt) = 16),
    body         TEXT NOT NULL,
    chain        TEXT NOT NULL,
    UNIQUE (message, name),
    CHECK ((value IS NULL) = (salt IS NULL))
) STRICT;
CREATE INDEX ledger_by_relationship ON ledger (relationship);
CREATE INDEX ledger_by_vendor ON ledger (vendor);
CREATE INDEX ledger_by_until ON ledger (until);
CREATE TRIGGER ledger_grows_with_its_chain BEFORE INSERT ON ledger
WHEN NOT EXISTS (SELECT 1 FROM chain_heads WHERE name = 'ledger' AND length = NEW.seq AND head = NEW.chain)
BEGIN SELECT RAISE(ABORT, 'a row is added at the end of its chain'); END;
CREATE TRIGGER ledger_replaces_nothing BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM ledger WHERE message = NEW.message AND name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_never_changes
BEFORE UPDATE OF seq, relationship, vendor, message, name, until, body, chain ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_values_only_go BEFORE UPDATE OF value, salt ON ledger
WHEN NEW.value IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a value is kept or erased'); END;
CREATE TRIGGER ledger_keeps_everything BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The story as the person reads it; the same line is told once.
CREATE TABLE notes (
    nth          INTEGER PRIMARY KEY,
    relationship TEXT NOT NULL REFERENCES relationships (id) DEFERRABLE INITIALLY DEFERRED,
    digest       TEXT NOT NULL,
    body         TEXT NOT NULL,
    UNIQUE (relationship, digest)
) STRICT;

CREATE TABLE agenda (
    kind TEXT NOT NULL,
    key  TEXT NOT NULL,
    due  TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX agenda_by_due ON agenda (due);
