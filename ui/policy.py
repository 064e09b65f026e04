"""The side bar: the policy's numbers, with the presets of published advice."""

from dataclasses import replace
from operator import itemgetter

import streamlit as st

from model.asking.presets import Preset, read_presets
from model.types import LEAST, MOST, Policy

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
    for name in ("country", *NUMBERS):
        st.session_state.setdefault(name, getattr(Policy(), name))
    with st.sidebar:
        st.header("Policy", anchor=False)
        title = st.selectbox("Advice for", [*presets, OWN], key="preset", on_change=_fill)
        with st.expander("Change the numbers"):
            for name, label in NUMBERS.items():  # `value`: an emptied field is None, not nought
                least = LEAST[name]
                st.number_input(
                    label, least, MOST, value=None, key=name, on_change=_own, args=(name,)
                )
        names = _countries()
        country = st.selectbox(
            "Public holidays and dates of", names, key="country", format_func=names.__getitem__
        )
        policy = Policy(**{name: st.session_state[name] for name in NUMBERS}, country=country)
        preset = replace(presets.get(title, Preset(OWN, policy, "", "")), policy=policy)
        st.caption("Acts at once on Advise and Batch, with no retraining.")
        if preset.source:
            st.caption(f"Where the numbers come from: {preset.source}.")
    return preset


def _fill() -> None:
    """Put the chosen preset's numbers into the fields; the country stays."""
    if st.session_state.preset != OWN:
        st.session_state.update(_numbers(_chosen()))


def _own(name: str) -> None:
    """Name the numbers after one was changed; an emptied one is that of the preset again."""
    state, chosen = st.session_state, _numbers(_chosen())
    if state[name] is None:
        state[name] = chosen[name]
    if any(state[each] != number for each, number in chosen.items()):
        state.preset = OWN


def _chosen() -> Preset:
    """The chosen preset, else the first."""
    named = (each for each in read_presets() if each.title == st.session_state.preset)
    return next(named, read_presets()[0])


def _numbers(preset: Preset) -> dict[str, int]:
    return {name: getattr(preset.policy, name) for name in NUMBERS}


@st.cache_data(show_spinner=False)
def _countries() -> dict[str, str]:
    """Codes of the countries whose holidays are known, with their names, by name."""
    from holidays.registry import COUNTRIES

    names = {
        codes[1]: name.replace("_", " ").title().replace(" And ", " and ")
        for name, codes in COUNTRIES.items()
    }
    return dict(sorted(names.items(), key=itemgetter(1)))
