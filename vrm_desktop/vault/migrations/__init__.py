"""The schema, as numbered SQL files (`NNNN_name.sql`) on `user_version`. The runner is `vault.migrating`.

A released file is never edited: a frozen vault of each release is opened by the tests forever.
"""
