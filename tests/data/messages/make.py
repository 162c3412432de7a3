"""Write the golden bytes anew: `python -m tests.data.messages.make`, from the checkout. Changed bytes: a new version.

`<kind>.json` is the exact envelope of one message of each kind, `vendor-card.json` a published card, `refused/` what
a desk must refuse: one file a rule, each to be posted after what stands in `refused/before/<place>.json`.
"""

from pathlib import Path

from tests.fakes.golden_messages import golden_card, golden_messages
from tests.fakes.refused_messages import refused_messages

if __name__ == "__main__":
    folder = Path(__file__).resolve().parent
    for kind, data in golden_messages().items():
        (folder / f"{kind}.json").write_bytes(data)
    (folder / "vendor-card.json").write_bytes(golden_card())
    (folder / "refused" / "before").mkdir(parents=True, exist_ok=True)
    for name, data in refused_messages().items():
        (folder / "refused" / name).write_bytes(data)
