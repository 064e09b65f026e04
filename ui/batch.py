"""The page "Batch": upload a table, download it scored by the same engine as score.py."""

import io
from typing import Any, cast

import pandas as pd
import streamlit as st

from model.batch import ADDED, Job, score_chunk
from model.types import Policy

NO_TOOLBAR = '<style>[data-testid="stElementToolbar"] { display: none; }</style>'
"""The table's own download button writes cells that a spreadsheet would run as formulas."""


def batch_page(get_advisor, preset) -> None:
    """Take a CSV, show and hand back the scored rows."""
    st.title("Score many notes")
    upload = st.file_uploader("A CSV with a column “notes”", type=["csv"])
    if upload is None:
        return
    try:
        frame = pd.read_csv(upload, dtype=str, keep_default_na=False)
    except (ValueError, pd.errors.ParserError):
        st.error("This file cannot be read as CSV; look for a missing quote, or save it as UTF-8.")
        return
    if "notes" not in frame.columns:
        st.error("There is no column “notes”; rename the column that holds them.")
        return
    job = Job(None, "notes", None, Policy())
    scored = pd.DataFrame(score_chunk(_rows(frame), job, get_advisor()))
    st.html(NO_TOOLBAR)
    st.dataframe(scored[["notes", *ADDED]])
    stream = io.StringIO()
    write_csv(scored, stream)
    st.download_button("Download as CSV", stream.getvalue(), "scored.csv", "text/csv")


def write_csv(frame: pd.DataFrame, stream: io.StringIO) -> None:
    """Write the rows as score.py does: no cell runs as a formula."""
    from model.tables import CsvWriter

    writer = CsvWriter(stream, list(frame.columns), ",", raw=False)
    for row in _rows(frame):
        writer.write(row)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], frame.to_dict("records"))
