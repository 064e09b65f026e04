"""The side bar: the policy's numbers, with the presets of published advice."""

from dataclasses import fields, replace
from operator import itemgetter

import streamlit as st

from model.asking.presets import Preset, read_presets
from model.types import Policy

NUMBERS = {
    "silence": "Business days of silence, no time named",
    "grace": "Business days of grace after a named time",
    "lapse": "Business days until a pending step lapses",
    "rest": "Business days an unanswered contact rests",
    "chases": "Unanswered contacts, then no more",
}
OWN = "Your own numbers"
KEYS = ("preset", "country", *NUMBERS)


def policy_panel() -> Preset:
    """Let the policy be chosen; it acts at once. The preset has another title where changed."""
    presets = {preset.title: preset for preset in read_presets()}
    for name, value in _values(Policy()).items():
        st.session_state.setdefault(name, value)
    with st.sidebar:
        st.header("Policy", anchor=False)
        title = st.selectbox("Advice for", [*presets, OWN], key="preset", on_change=_fill)
        numbers = {
            name: st.number_input(label, 0, 365, key=name) for name, label in NUMBERS.items()
        }
        names = _countries()
        country = st.selectbox(
            "Public holidays and dates of", names, key="country", format_func=names.__getitem__
        )
        policy = Policy(**numbers, country=country)
        preset = _preset_of(policy, presets.get(title))
        st.caption("Acts at once on Advise and Batch, with no retraining.")
        if preset.source:
            st.caption(f"Where the numbers come from: {preset.source}.")
    return preset


def _preset_of(policy: Policy, chosen: Preset | None) -> Preset:
    """The chosen preset with the policy's country; none of them where the numbers are others."""
    if chosen and _values(chosen.policy) == _values(policy) | {"country": chosen.policy.country}:
        return replace(chosen, policy=policy)
    return Preset(OWN, policy, "", "")


def _fill() -> None:
    """Put a preset's numbers into the fields; the country stays."""
    for preset in read_presets():
        if preset.title == st.session_state.preset:
            numbers = _values(preset.policy)
            st.session_state.update({name: numbers[name] for name in NUMBERS})


def _values(policy: Policy) -> dict[str, int | str]:
    return {field.name: getattr(policy, field.name) for field in fields(policy)}


@st.cache_data(show_spinner=False)
def _countries() -> dict[str, str]:
    """Codes of the countries whose holidays are known, with their names, by name."""
    from holidays.registry import COUNTRIES

    names = {
        codes[1]: name.replace("_", " ").title().replace(" And ", " and ")
        for name, codes in COUNTRIES.items()
    }
    return dict(sorted(names.items(), key=itemgetter(1)))
