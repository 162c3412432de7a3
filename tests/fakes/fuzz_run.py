"""One fuzzing run in a process of its own: `python -m tests.fakes.fuzz_run TARGET INPUTS FOLDER`.

libFuzzer, led by the branches that inputs take through `vrm_desktop`, and stopped at the first input that raises what
the target may not, or takes longer than a second. Ends with status 0 after all inputs; the input that broke it is left
in the folder. Never here: what is fuzzed (`fuzz_targets`), or judging the outcome.
"""

import contextlib
import hashlib
import sys
import time
from pathlib import Path

import atheris

SECONDS_PER_INPUT = 1.0
"""Of computing: how busy the computer is otherwise says nothing of the reader."""
SECONDS_UNTIL_IT_HANGS = 30
MEMORY_MIB = 2048


def main(name: str, inputs: int, folder: Path) -> None:
    """Feed the target; does not return, for libFuzzer ends the process."""
    with atheris.instrument_imports(include=["vrm_desktop", "tests.fakes.fuzz_targets"], enable_loader_override=False):
        from tests.fakes.fuzz_targets import CONTROL, PLANS

        target = (CONTROL if name == "control" else PLANS[name]).make()
    corpus = folder / "corpus"
    corpus.mkdir()
    for seed in target.seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)

    def one(data: bytes) -> None:
        began = time.process_time()
        with contextlib.suppress(*target.refusals):
            target.read(data)
        if time.process_time() - began > SECONDS_PER_INPUT:
            raise AssertionError("an input that takes longer than a second")

    options = [
        f"-runs={inputs}",
        f"-timeout={SECONDS_UNTIL_IT_HANGS}",
        f"-rss_limit_mb={MEMORY_MIB}",
        f"-max_len={target.longest}",
        f"-artifact_prefix={folder}/",
        "-seed=20261116",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
