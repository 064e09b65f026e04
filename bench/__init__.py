"""Measurements. Some need files that are not shipped: they say so where those are not there."""

from pathlib import Path

NOT_SHIPPED = Path(__file__).parents[2] / "shared" / "data"
DEV = NOT_SHIPPED / "real_cases_dev.csv"
"""The real cases kept for judging: never trained on."""
SUITE = NOT_SHIPPED / "time_suite.jsonl"
