"""The web pages. Streamlit is imported here, in app.py and in pages/, and nowhere else."""
