-- One row that says which vault this is; compared with the header at every opening.
CREATE TABLE vault_info (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    vault_id BLOB NOT NULL CHECK (length(vault_id) = 16),
    created  TEXT NOT NULL
) STRICT;
