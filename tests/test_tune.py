from itertools import groupby
from pathlib import Path

from model.data import Scenario
from model.rule_data import NETWORK_FILES
from tune import plan


def test_each_network_is_tuned_without_each_fold_and_on_all_rows() -> None:
    scenarios = [Scenario(f"note {row // 2}", ("call", "wait")[row % 2]) for row in range(40)]
    parts = plan(scenarios, 7, Path("folder"))
    for number, (seed, of_seed) in enumerate(groupby(parts, lambda part: part.seed)):
        *folds, whole = (part.left_out for part in of_seed)
        assert (seed, whole) == (7 + number, [])
        assert sorted(row for fold in folds for row in fold) == list(range(40))
        assert all({row ^ 1 for row in fold} == set(fold) for fold in folds)  # notes stay together
    assert number + 1 == len(NETWORK_FILES)
    assert len({part.path for part in parts}) == len(parts)
