"""Write the golden bytes anew: `python -m tests.data.messages.make`, from the checkout. Changed bytes: a new version.

`<kind>.json` is the exact envelope of one message of each kind, `vendor-card.json` a published card.
"""

from pathlib import Path

from tests.fakes.golden_messages import golden_card, golden_messages

if __name__ == "__main__":
    folder = Path(__file__).resolve().parent
    for kind, data in golden_messages().items():
        (folder / f"{kind}.json").write_bytes(data)
    (folder / "vendor-card.json").write_bytes(golden_card())
