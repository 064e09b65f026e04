"""Measurements. Some need files that are not shipped: they say so where those are not there."""

import re
from html import unescape
from pathlib import Path

NOT_SHIPPED = Path(__file__).parents[2] / "shared" / "data"
DEV = NOT_SHIPPED / "real_cases_dev.csv"
"""The real cases kept for judging: never trained on."""
SUITE = NOT_SHIPPED / "time_suite.jsonl"


def text_of(html: str) -> str:
    """What is left of a styled piece of the page without its tags."""
    return unescape(re.sub(r"<[^<>]*>", "", html.partition("</style>")[2]))
