"""The page "Model": what it was trained on, how good it is, its rules and limits, retraining."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st

from model.errors import ModelError
from model.store import TRAINED, previous, read_manifest, rollback
from model.text import escape_markdown
from model.types import Policy
from ui.retrain import (
    compare_decisions,
    compare_figures,
    drop_candidate,
    find_worse,
    say_changes,
    say_few,
    train_candidate,
    use_candidate,
)
from ui.style import NO_DOWNLOAD

TEXTS = Path(__file__).parent
STYLE = """<style>
@media (max-width: 40rem) {  /* on a phone a wide table would stick out */
  [data-testid="stMarkdownContainer"] :is(th, td) { padding: .25rem .3rem; font-size: .85rem; }
}
</style>"""
_KINDS: tuple[Literal["primary", "secondary"], ...] = "primary", "secondary"
"""Of a button: what is advised, what else can be done."""
IMAGE = re.compile(r"!\[(?P<title>[^\]]*)\]\((?P<file>[\w.-]+)\)")


def model_page(policy: Policy) -> None:
    """Facts, figures, guide, limits; `policy` is for comparing a new model with the one in use."""
    st.title("The model", anchor=False)
    st.html(STYLE)
    show_facts()
    figures, guide, limits, retrain = st.tabs(["Figures", "Decision guide", "Limits", "Retrain"])
    with figures:
        st.caption(
            "“classifier” is the model itself. To compare: “majority” always says the more "
            "frequent label; “tfidf” only looks at which words the notes use."
        )
        show_report(TRAINED)
    with guide:
        st.markdown((TEXTS / "guide.md").read_text(encoding="utf-8"))
    with limits:
        st.markdown((TEXTS / "limits.md").read_text(encoding="utf-8"))
    with retrain:
        retrain_panel(policy)


def show_facts() -> None:
    """What it was trained on, and when."""
    manifest = read_manifest(TRAINED)
    right = manifest["metrics"]["accuracy"]
    real = manifest.get("real")
    of_real = f"; of the {real['rows']} real ones among them {real['accuracy']:.0%}" if real else ""
    st.text(
        f"Trained {manifest['trained_at'][:10]} on {manifest['rows']:,} labelled scenarios. "
        f"It gets {right:.0%} of them right when it has not seen them{of_real}."
    )
    versions = ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
    st.caption(f"{versions}; data {manifest['data_sha256'][:12]}, seed {manifest['seed']}")


def show_report(directory: Path) -> None:
    """The report that training wrote, with its plots where they stand in it."""
    report = (directory / "report.md").read_text(encoding="utf-8").removeprefix("# Report\n")
    position = 0
    for image in IMAGE.finditer(report):
        st.markdown(report[position : image.start()])
        title = image["title"]
        st.image(str(directory / image["file"]), caption=title, alt=title)
        position = image.end()
    st.markdown(report[position:])


def retrain_panel(policy: Policy) -> None:
    """Train a candidate on an upload; then the user chooses between it and the model in use."""
    st.text(
        "Upload scenarios: a CSV with the columns notes and label (call or wait). Training takes "
        "some minutes, in which this page must be left alone: what is pressed here stops it. The "
        "model in use stays until you say otherwise."
    )
    upload = st.file_uploader("Scenarios", type=["csv"])
    beside = st.checkbox("Together with the shipped scenarios", value=True)
    if settled := st.session_state.pop("settled", None):
        st.info(settled)
    if previous(TRAINED).is_dir():
        st.button("Bring back the model before this one", on_click=_bring_back)
    if upload is None:
        _forget_comparison()
        return
    if st.button("Train on these"):
        bar = st.progress(0.0, "Starting ...")
        _forget_comparison()
        try:
            candidate = train_candidate(upload.getvalue(), upload.name, bar.progress, beside=beside)
            st.session_state.trained = upload.file_id, candidate
        except ModelError as error:
            st.error(escape_markdown(str(error)))
        bar.empty()
    trained_on, candidate = st.session_state.get("trained", (None, None))
    if trained_on == upload.file_id:
        choose_model(upload.getvalue(), candidate, policy)


def choose_model(content: bytes, candidate: Path, policy: Policy) -> None:
    """Old and new side by side, the decisions that changed, and the choice."""
    st.table(compare_figures(candidate))
    st.caption("Each model is judged on the scenarios that it was trained on.")
    worse = find_worse(candidate)
    if worse:
        st.warning(f"The new model is worse by {' and '.join(worse)}: better keep the old one.")
    few = say_few(candidate)
    if few:
        st.warning(few)
    with st.expander("The report of the new model, by rule"):
        show_report(candidate)
    show_changes(content, candidate, policy)
    with st.container(horizontal=True):
        is_doubted = bool(worse or few)
        st.button("Use it", type=_KINDS[is_doubted], on_click=_take, args=(candidate,))
        st.button("Keep the old one", type=_KINDS[not is_doubted], on_click=_keep)


def show_changes(content: bytes, candidate: Path, policy: Policy) -> None:
    """The decisions that change; they are worked out once, and again for another policy."""
    if st.session_state.get("changes", (None,))[0] != policy:
        bar = st.progress(0.0, "Comparing ...")
        found = compare_decisions(content, candidate, policy, bar.progress)
        st.session_state.changes = policy, *found
        bar.empty()
    _, changes, rows = st.session_state.changes
    st.text(say_changes(changes, rows))
    st.caption("Both models decide by the policy in the side bar.")
    if changes:
        st.html(NO_DOWNLOAD)
        st.dataframe(changes, hide_index=True)


def _take(candidate: Path) -> None:
    said = "The new model is in use. The old one is kept."
    st.session_state.settled = _change(partial(use_candidate, candidate), said)
    if not candidate.exists():  # else it could not be put in place, and can be tried again
        _forget_comparison()


def _bring_back() -> None:
    """Put the model before back; a candidate stays, to be compared with that one."""
    said = "The model before is in use again; the other one is kept."
    st.session_state.settled = _change(partial(rollback, TRAINED), said)
    st.session_state.pop("changes", None)


def _change(act: Callable[[], None], said: str) -> str:
    """Change the model in use; `said` once it is, else why not."""
    try:
        act()
    except ModelError as error:
        return escape_markdown(str(error))
    return said


def _keep() -> None:
    _forget_comparison()
    st.session_state.settled = "The model in use stays; the new one is deleted."


def _forget_comparison() -> None:
    """Drop the candidate of this session, if there is one, and what was said of it."""
    st.session_state.pop("changes", None)
    _, candidate = st.session_state.pop("trained", (None, None))
    if candidate:
        drop_candidate(candidate)
