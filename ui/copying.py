"""Two buttons of our own: copy the edited message, and open it as an e-mail draft."""

import streamlit as st

HTML = """<div class="row"><button type="button">Copy</button>
<a href="mailto:">Open as e-mail draft</a> <span aria-live="polite"></span></div>"""
CSS = """.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center;
  font-family: var(--st-font); }
button, a { font: inherit; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: .35rem .8rem; cursor: pointer; text-decoration: none; }
button:focus-visible, a:focus-visible { outline: 3px solid #3b82f6; }"""
JS = """export default function ({ parentElement, data }) {
  // the text area's own value: Streamlit hears of an edit only when the area loses the focus
  const text = () => [...document.querySelectorAll("textarea")]
    .find(area => area.getAttribute("aria-label") === data.label)?.value ?? data.text;
  const [button, link, said] = ["button", "a", "span"].map(tag => parentElement.querySelector(tag));
  button.onclick = async () => {
    await navigator.clipboard.writeText(text());
    said.textContent = "Copied";
  };
  link.onclick = () => {
    const part = encodeURIComponent;
    link.href = `mailto:?subject=${part(data.subject)}&body=${part(text())}`;
  };
}"""

_component = st.components.v2.component("message_buttons", html=HTML, css=CSS, js=JS)


def message_buttons(label: str, text: str, subject: str) -> None:
    """Buttons for the text area labelled `label`, which shows `text` until it is edited."""
    _component(data={"label": label, "text": text, "subject": subject}, key="message_buttons")
