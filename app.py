"""The page: `streamlit run app.py`. Navigation, and the one advisor of all sessions; each
page is a file in `ui/`."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from model import load
from model.errors import ModelError
from model.store import TRAINED, model_digest
from model.text import escape_markdown
from ui.advise import advise_page
from ui.policy import KEYS, policy_panel

if TYPE_CHECKING:
    from model import Advisor

STYLE = """<style>
[data-testid="stSidebarNavLink"]:focus-visible { outline: 3px solid; outline-offset: -3px; }
@media (max-width: 40rem) {  /* on a phone the answer is to be seen without scrolling */
  [data-testid="stMainBlockContainer"] { padding-top: 4rem; }
  .st-key-notes textarea { height: 6rem; }
  .st-key-hint { display: none; }
}
</style>"""


def has_not_failed(loading: "Future[Advisor]") -> bool:
    """Whether there is, or may yet be, an advisor; else it is loaded again."""
    return not loading.done() or loading.exception() is None


@st.cache_resource(show_spinner=False, max_entries=1, validate=has_not_failed)
def start_loading(model: str) -> "Future[Advisor]":
    """One advisor for all sessions; it loads while the first page is read.

    `model`: the digest of the one in use, which `train.py` may change meanwhile.
    """
    return ThreadPoolExecutor(1).submit(load_warm)


def load_warm() -> "Advisor":
    """The advisor after a first note, so that the user's first one waits for no late import."""
    import ui.answer  # noqa: F401

    advisor = load()
    advisor.advise("They said by Friday.", as_of=date.today())
    return advisor


def get_advisor() -> "Advisor":
    """The advisor, once it is there."""
    return start_loading(model_digest(TRAINED)).result()


def main() -> None:
    """Offer the pages."""
    # fields of a page that is left would be forgotten
    for key in ("notes", "today", "met", "message", *KEYS):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]

    def open_batch() -> None:  # late, for it brings tables and all that scores them
        from ui.batch import batch_page

        batch_page(get_advisor, preset)

    def open_model() -> None:
        from ui.model import model_page

        model_page(preset.policy)

    pages = [
        st.Page(lambda: advise_page(get_advisor, preset), title="Advise", default=True),
        st.Page(open_batch, title="Batch", url_path="batch"),
        st.Page(open_model, title="Model", url_path="model"),
    ]
    page = st.navigation(pages)
    title = f"{page.title} – Call or wait?"
    st.set_page_config(page_title=title, page_icon="📞", layout="wide")
    st.html(STYLE)
    preset = policy_panel()
    try:
        model = model_digest(TRAINED)
        page.run()
        start_loading(model)  # after the page, so that its fields are there at once
    except ModelError as error:
        st.error(escape_markdown(str(error)))


main()
