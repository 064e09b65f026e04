"""The pages: one file each, one function a panel. Streamlit is imported here and in app.py only."""
