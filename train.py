"""Train the model on labelled scenarios, cross-validate it, and save it with its report."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path


def parse_args(argv: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="train.py", description=__doc__)
    parser.add_argument("--data", type=Path, action="append", metavar="CSV",
                        help="labelled scenarios; give it again to add a file (default: the "
                        "shipped ones)")  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: model/trained")
    parser.add_argument("--rollback", action="store_true",
                        help="train nothing: put the previous model back in place")  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N",
                        help="processes (default: all cores)")  # fmt: skip
    args = parser.parse_args(argv)
    if args.jobs < 1 or not 0 <= args.seed < 2**32:
        parser.error(f"--jobs goes from 1 on, --seed from 0 to {2**32 - 1:,}")
    return args


def main(argv: list[str] | None = None) -> int:
    """Read, cross-validate, fit, save; or take the last training back."""
    args = parse_args(argv)
    from model.errors import ModelError

    try:
        (take_back if args.rollback else run)(args)
    except ModelError as error:
        print(f"train.py: {error}", file=sys.stderr)
        return 2
    except OSError as error:  # a disk that is full, say
        print(f"train.py: {error}; the old model is as it was", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("train.py: stopped; the old model is as it was", file=sys.stderr)
        return 130
    return 0


def take_back(args: argparse.Namespace) -> None:
    """Put the previous model back in place."""
    from model.store import TRAINED, read_manifest, rollback

    out = args.out or TRAINED
    rollback(out)
    print(f"{out}: back to the model trained at {read_manifest(out).get('trained_at', 'a time')}")


def run(args: argparse.Namespace) -> None:
    """Train and save; print the table of the report."""
    from model.data import SHIPPED, read_scenarios
    from model.learning.cross_validation import cross_validate
    from model.learning.evaluation import figures_of, make_report, model_table, plot_reliability
    from model.learning.examples import lend_annotations, make_examples
    from model.learning.label_check import check_labels
    from model.learning.study import fit_classifier, study_examples
    from model.rule_data import files_digest
    from model.store import TRAINED, check_place, digest, save
    from model.tables import say_encoding

    paths, out = args.data or [SHIPPED], args.out or TRAINED
    check_place(out)
    files_digest()  # what is missing is better named now than after the training
    scenarios, data_sha256 = read_scenarios(*paths), digest(*paths)
    for warning in filter(None, map(say_encoding, paths)):
        print(f"warning: {warning}", file=sys.stderr)
    print(f"{len(scenarios):,} scenarios, each to be read by readers that have not seen it ...")
    lent = lend_annotations(scenarios)
    if lent:
        names = ", ".join(map(str, paths))
        print(f"few rows of {names} have cues: the taggers also learn from those of {SHIPPED.name}")
    examples = make_examples(scenarios, lent)
    study = study_examples(examples, seed=args.seed, jobs=args.jobs)
    held_out = cross_validate(study, seed=args.seed, jobs=args.jobs)
    truth = [scenario.label for scenario in scenarios]
    print(model_table(truth, held_out))
    doubts = check_labels(scenarios, held_out["date arithmetic alone"])
    for doubt in doubts:
        print(f"warning: {doubt}", file=sys.stderr)
    classifier = fit_classifier(study, seed=args.seed)
    facts = {
        "data_sha256": data_sha256,
        "rows": len(scenarios),
        "seed": args.seed,
        "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **figures_of(scenarios, held_out["classifier"]),
    }
    report = {
        "report.md": make_report(scenarios, held_out, doubts).encode(),
        "reliability.png": plot_reliability(truth, held_out["classifier"]),
    }
    save(classifier, out, facts, report)
    print(f"saved to {out}")


if __name__ == "__main__":
    raise SystemExit(main())
