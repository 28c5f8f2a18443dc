"""Tests in a real Chromium: of JupyterLab and Notebook 7, and of views on a rig without them."""
