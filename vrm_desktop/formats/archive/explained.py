"""The words inside an archive, for whoever opens it without this program; English, so that archives are the same."""

from typing import Final

README_NAME: Final = "README.txt"
README: Final = """\
This archive holds everything that one person kept in VRM Desktop. Nothing in it is encrypted.
Whoever can read it knows all that the vault knew, and can speak as you:

  tables/identities.jsonl   the secret key ("seed") and the reading secret of each relationship. Without them every
                            relationship would be dead; with them anybody can sign in your name. Keep this archive
                            where nobody else gets at it, or encrypt it, and delete it when you no longer need it.
  tables/settings.jsonl     under "page-keys", if you ever wanted to be known to shops, the secret key of your own
                            page: with it anybody can ask shops in your name.

Not in it: your passphrase, your recovery code, and the vault's own keys. It opens without them.

  manifest.json    what is inside: SHA-256, length and number of rows of each file, and when it was made
  tables/*.jsonl   everything, one row a line, as JSON. This is what an import reads
  bytes/*          large values of a table, as they are: documents you attached. Its rows name them: {"file": "..."}
  terms/*.json     the published conditions that agreements name by their hash, byte for byte
  copies/*         the same once more for other programs: profile.vcf (vCard 4), who-knows-what.csv, agenda.ics.
                   Never read back

In tables/journal.jsonl "jws" holds the exact bytes that you and vendors signed (compact JWS, Ed25519).
A value that is not text stands as {"base64url": "..."}; instants are microseconds since 1970-01-01 UTC, or ISO 8601.

The layout, a way to check it, and a short program that reads it: docs/archive.md in the source of VRM Desktop.
"""
