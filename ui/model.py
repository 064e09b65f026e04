"""The page "Model": what it was trained on, and how good it is."""

import streamlit as st

from model.store import TRAINED, read_manifest


def model_page(forget) -> None:
    """Show the manifest's facts and the report."""
    st.title("The model")
    manifest = read_manifest(TRAINED)
    st.text(f"Trained {manifest['trained_at']} on {manifest['rows']} labelled scenarios.")
    report = (TRAINED / "report.md").read_text(encoding="utf-8")
    st.markdown("\n".join(line for line in report.splitlines() if not line.startswith("![")))
    st.image(str(TRAINED / "reliability.png"), caption="How far the probabilities can be believed")
