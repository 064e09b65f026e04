from pathlib import Path

from model.data import Scenario
from tune import make_plans


def test_networks_are_tuned_without_each_fold_and_one_on_all_rows() -> None:
    scenarios = [Scenario(f"note {row // 2}", ("call", "wait")[row % 2]) for row in range(40)]
    plans = make_plans(scenarios, 7, Path("folder"))
    *folds, whole = (plan.left_out for plan in plans)
    assert whole == []
    assert sorted(row for fold in folds for row in fold) == list(range(40))
    assert all({row ^ 1 for row in fold} == set(fold) for fold in folds)  # notes stay together
    assert len({plan.path for plan in plans}) == len(plans)
