"""The page "Batch": upload a table, look through its answers, download it scored."""

from collections.abc import Callable
from datetime import date
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from model.asking.presets import Preset
from model.batch import ADDED, Options, warnings_of
from model.errors import ModelError
from model.judging.advisor import Advisor
from model.store import TRAINED, model_digest
from model.tables import check_delimiter, read_upload
from model.text import escape_markdown
from model.types import FIRST_DAY, LAST_DAY
from ui.answer import explain, offer_correction, show_decision, show_next_step, show_reasons
from ui.scored import (
    FILTERS,
    MAX_ROWS,
    Scored,
    count_decisions,
    count_undated,
    pick_rows,
    query_of,
    score_table,
    to_csv,
    to_parquet,
)
from ui.style import NO_DOWNLOAD

STYLE = """<style>
.counts { display: grid; grid-template-columns: max-content 1fr max-content; gap: .3rem .7rem;
  align-items: center; margin: 0; padding: 0 !important; max-width: 40rem; }
.counts dd { margin: 0; display: contents; }
.counts i { display: block; height: 1rem; border-radius: .2rem; min-width: 2px; }
.counts .call { background: #208646; }
.counts .wait { background: repeating-linear-gradient(-45deg, #b36b00 0 5px, #d99a3d 5px 10px); }
.counts .error { background: #6b7280; }
.counts .unsure { opacity: .55; }
</style>"""
HIDDEN = ("days_since_interview", "matched_phrases")
SHOWN = {
    "prediction": "Answer",
    "call_probability": "Chance of “call”",
    "confident": "Sure",
    "window_end": "They reply by",
    "call_from": "Call from",
    "error": "Error",
}
"""Added columns in the table, with their titles."""
FEW, LOW = 6, 260
"""A table of more rows is this many pixels high, so that the explanation below it is seen."""


def batch_page(get_advisor: Callable[[], Advisor], preset: Preset) -> None:
    """Take a table, score it once, show and hand back its rows."""
    st.title("Score many notes", anchor=False)
    upload = st.file_uploader("A table of notes", type=["csv", "tsv", "parquet"])
    st.caption(
        "CSV, TSV or Parquet with a column “notes”, and “as_of” and “interview_date” where known. "
        f"Up to 50 MB and {MAX_ROWS:,} rows; python score.py takes more. It stays on this machine. "
        "From Excel: save as “CSV UTF-8”."
    )
    if upload is None:
        st.session_state.pop("batch", None)
        return
    today = st.date_input(
        "Today, for rows without as_of", value=None, min_value=FIRST_DAY, max_value=LAST_DAY
    )
    try:
        found = score_upload(upload, get_advisor, preset, today)
    except ModelError as error:
        st.error(escape_markdown(str(error)))
        return
    if found:
        options, scored = found
        show_counts(scored)
        show_undated(scored, options)
        offer_downloads(scored)
        number = choose_row(scored, options.notes_column)
        if number is not None:
            explain_row(get_advisor(), scored, number, options, preset)


def score_upload(
    upload: Any, get_advisor: Callable[[], Advisor], preset: Preset, today: date | None
) -> tuple[Options, Scored] | None:
    """How the rows were scored, and they themselves; None until their column is chosen."""
    table = read_upload(upload.getvalue(), upload.name)
    check_delimiter(table.columns, "notes", upload.name)
    column = choose_column(table.columns)
    if column is None:
        return None
    for warning in warnings_of(table):
        st.warning(escape_markdown(warning))
    options = Options(notes_column=column, as_of=today, policy=preset.policy)
    key = (upload.file_id, options, model_digest(TRAINED))  # another scores anew
    last, _ = st.session_state.get("batch", ((None,), None))
    if last[0] != upload.file_id:
        st.session_state.typed = None
    if last != key:
        bar = st.progress(0.0, "Reading ...")
        try:
            st.session_state.batch = key, score_table(table, options, get_advisor(), bar.progress)
        finally:
            bar.empty()
    return options, st.session_state.batch[1]


def choose_column(columns: tuple[str, ...]) -> str | None:
    """`notes` where there is one, else the user's choice; what is replaced cannot be it."""
    if "notes" in columns:
        return "notes"
    own = [name for name in columns if name not in ADDED]
    return st.selectbox("There is no column “notes”. Which one holds them?", own, index=None)


def show_counts(scored: Scored) -> None:
    """A chart of the decisions."""
    counts = list(count_decisions(scored))
    most = max(count for _, _, count in counts) or 1
    rows = "".join(
        f'<dt>{escape(name)}</dt><dd><i class="{style}" style="width:{100 * count / most:.0f}%">'
        f"</i><span>{count:,}</span></dd>"
        for name, style, count in counts
    )
    st.html(f'{NO_DOWNLOAD}{STYLE}<dl class="counts">{rows}</dl>')


def show_undated(scored: Scored, options: Options) -> None:
    """How many rows have no day of reading, and which day stands for it."""
    for day, count in count_undated(scored, options).items():
        how = f"as of {day}" if day else "by their words alone"
        st.caption(f"{count:,} of {len(scored.rows):,} rows have no as_of: they are read {how}.")


def offer_downloads(scored: Scored) -> None:
    """The whole table as CSV or Parquet, made when it is asked for."""
    with st.container(horizontal=True):
        for kind, make, name, mime in (
            ("CSV", to_csv, "scored.csv", "text/csv"),
            ("Parquet", to_parquet, "scored.parquet", "application/vnd.apache.parquet"),
        ):
            st.download_button(
                f"Download as {kind}", partial(make, scored), name, mime, on_click="ignore"
            )
    st.caption("A download holds all rows, whichever are shown below.")


def choose_row(scored: Scored, column: str) -> int | None:
    """The rows of a filter as a table; the number of the one to explain."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = st.radio("Show", FILTERS, horizontal=True)
        by_doubt = st.toggle("Review queue: most doubtful first")
    numbers = pick_rows(scored, shown, by_doubt=by_doubt)
    if not numbers:
        st.text("No such rows.")
        return None
    rows = [scored.rows[number] for number in numbers]
    own = [name for name in scored.columns if name not in (column, *SHOWN, *HIDDEN)]
    names = (column, "error") if shown == "Errors" else (column, *SHOWN, *own)
    frame = pd.DataFrame([{name: row[name] for name in names} for row in rows])
    frame.index = pd.Index([number + 1 for number in numbers], name="row")
    key = f"rows_{shown}_{by_doubt}"
    st.dataframe(
        frame,
        key=key,
        on_select=partial(_take_ticked, key, numbers),
        selection_mode="single-row",
        height=LOW if len(rows) > FEW else "auto",
        column_config={**SHOWN, column: st.column_config.Column(width="medium")},
    )
    typed = st.number_input(
        "Explain row (or tick one above)", 1, len(scored.rows), value=None, key="typed"
    )
    return None if typed is None else typed - 1


def _take_ticked(key: str, numbers: list[int]) -> None:
    """Put the number of the ticked row into the field below the table."""
    ticked = st.session_state[key]["selection"]["rows"]
    st.session_state.typed = numbers[ticked[0]] + 1 if ticked else None


def explain_row(
    advisor: Advisor, scored: Scored, number: int, options: Options, preset: Preset
) -> None:
    """The answer on one row, as "Advise" gives it."""
    row = scored.rows[number]
    st.header(f"Row {number + 1}", anchor=False)
    if row["error"]:
        st.error(escape_markdown(row["error"]))
        return
    query = query_of(row, options)
    advice = query.ask(advisor)
    show_decision(advice, preset)
    show_next_step(advice, query)
    offer_correction(advice, query)
    show_reasons(explain(advisor, query, advice))
