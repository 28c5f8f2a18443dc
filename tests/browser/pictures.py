"""Takes the README's pictures: `make pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from .chromium import launch
from .jupyter import NotebookPage
from .servers import JupyterServer
from .test_explorer import throwaway

PICTURES = Path(__file__).parents[2] / "docs"
SOURCE = """
import bpwidgets as bp
explorer = bp.Explorer()
explorer.session.train(40)
explorer.session.change(chosen="w1")
explorer
"""
THEMES = {"JupyterLab Light": "explorer.png", "JupyterLab Dark": "explorer-dark.png"}


def main() -> None:
    """Open an Explorer in JupyterLab, and photograph it in both themes."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = JupyterServer("lab", Path(home))
        server.start()
        try:
            path = server.add("picture.ipynb", throwaway(SOURCE.strip()))
            context = launch(playwright).new_context(viewport={"width": 1900, "height": 1000})
            notebook = NotebookPage(context.new_page(), server)
            notebook.open(path)
            notebook.page.evaluate("jupyterapp.shell.collapseLeft()")
            notebook.run_all()
            shown = notebook.cell(0)
            shown.get_by_text("Sum of the 2 paths").wait_for()
            for theme, name in THEMES.items():
                notebook.theme(theme)
                output = shown.locator(".jp-OutputArea-output:has(.bp-view)")
                notebook.screenshot(PICTURES / name, output)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
