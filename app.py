"""The page: `streamlit run app.py`. Navigation only; each page is a file in `ui/`."""

import streamlit as st

from model import Advisor, load
from model.errors import ModelError
from ui.advise import advise_page
from ui.batch import batch_page
from ui.model import model_page


@st.cache_resource(show_spinner="Loading the model ...")
def get_advisor() -> Advisor:
    """One advisor for all sessions."""
    return load()


def main() -> None:
    """Load the model, offer the pages."""
    st.set_page_config(page_title="Call or wait?", page_icon="📞")
    try:
        advisor = get_advisor()
    except ModelError as error:
        st.error(str(error))
        return
    pages = [
        st.Page(lambda: advise_page(advisor), title="Advise", url_path="advise", default=True),
        st.Page(lambda: batch_page(advisor), title="Batch", url_path="batch"),
        st.Page(model_page, title="Model", url_path="model"),
    ]
    st.navigation(pages).run()


main()
