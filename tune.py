"""Tune the encoder on the annotated scenarios: for those who change many of them, or the cues.

It tunes five networks: four on all but a quarter of the scenarios, which say of that quarter what
`train.py` may learn from, and one on all of them, which is kept and reads new notes. Some two hours
on two cores that compute in bfloat16, else longer. It needs torch:
pip install -c constraints.txt -e ".[tune]". Afterwards run train.py.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.data import Scenario
    from model.learning.tuning import Taught
    from model.reading.encoder import Encoding
    from model.reading.note import Note

INSTALL = 'pip install -c constraints.txt -e ".[tune]"'


def parse_args(argv: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="tune.py", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N",
                        help="processes (default: all cores)")  # fmt: skip
    args = parser.parse_args(argv)
    if args.jobs < 1 or not 0 <= args.seed < 2**31:
        parser.error(f"--jobs goes from 1 on, --seed from 0 to {2**31 - 1:,}")
    return args


def main(argv: list[str] | None = None) -> int:
    """Tune, then put the network and what was held out in the place of the old ones."""
    args = parse_args(argv)
    from model.errors import ModelError

    try:
        run(args)
    except ModelError as error:
        print(f"tune.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("tune.py: stopped; the old network is as it was", file=sys.stderr)
        return 130
    return 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How to tune a network: on all rows but some, into a file."""

    left_out: list[int]
    path: Path


def run(args: argparse.Namespace) -> None:
    """Tune all of them."""
    from joblib import Parallel, delayed

    from model.data import SHIPPED, read_scenarios
    from model.errors import ModelError
    from model.learning.encodings import HELD_OUT, save_held_out

    try:
        from model.learning.tuning import make_taught
    except ModuleNotFoundError as error:
        raise ModelError(f"{error.name} is missing; run: {INSTALL}") from None
    from model.reading.note import read_note
    from model.rule_data import ENCODER, NETWORK_FILE

    scenarios = [each for each in read_scenarios(SHIPPED) if each.cues]
    notes = [read_note(each.notes) for each in scenarios]
    taught = [make_taught(*each) for each in zip(notes, scenarios, strict=True)]
    with TemporaryDirectory(dir=ENCODER) as folder:
        plans = make_plans(scenarios, args.seed, Path(folder))
        said: dict[int, Encoding] = {}
        for encodings in Parallel(n_jobs=args.jobs)(
            delayed(tune_one)(plan, args.seed, taught, {row: notes[row] for row in plan.left_out})
            for plan in plans
        ):
            said |= encodings
        kept = Path(folder, HELD_OUT.name)
        save_held_out(notes, [said[row] for row in range(len(notes))], kept)
        kept.replace(HELD_OUT)
        plans[-1].path.replace(NETWORK_FILE)
    print(f"written: {ENCODER}; now run: python train.py")


def make_plans(scenarios: "list[Scenario]", seed: int, folder: Path) -> list[Plan]:
    """A network on all rows but each fold; the last one on all rows."""
    from model.data import groups_of
    from model.learning.study import split_groups

    groups, labels = groups_of(scenarios), [each.label for each in scenarios]
    left_out = [test.tolist() for _, test in split_groups(groups, labels, seed)]
    return [Plan(rows, folder / f"{number}.onnx") for number, rows in enumerate([*left_out, []])]


def tune_one(
    plan: Plan, seed: int, taught: "list[Taught]", left_out: "dict[int, Note]"
) -> "dict[int, Encoding]":
    """Tune a network on all but some of the scenarios; what it says of the notes of those."""
    import torch

    from model.learning.tuning import save_network, tune
    from model.reading.encoder import encode

    torch.set_num_threads(1)
    seen = [each for row, each in enumerate(taught) if row not in left_out]
    report = partial(print, f"network {plan.path.stem}:", flush=True)
    save_network(tune(seen, seed=seed, report=report), plan.path)
    return {row: encode(note, plan.path) for row, note in left_out.items()}


if __name__ == "__main__":
    raise SystemExit(main())
