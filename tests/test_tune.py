from pathlib import Path

from model.data import Scenario
from tune import plan


def test_networks_are_tuned_without_each_fold_and_one_on_all_rows() -> None:
    scenarios = [Scenario(f"note {row // 2}", ("call", "wait")[row % 2]) for row in range(40)]
    parts = plan(scenarios, 7, Path("folder"))
    *folds, whole = (part.left_out for part in parts)
    assert whole == []
    assert sorted(row for fold in folds for row in fold) == list(range(40))
    assert all({row ^ 1 for row in fold} == set(fold) for fold in folds)  # notes stay together
    assert len({part.path for part in parts}) == len(parts)
