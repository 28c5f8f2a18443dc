"""Takes the README's picture: `make pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from .chromium import launch
from .conftest import NOTEBOOKS
from .jupyter import NotebookPage
from .servers import JupyterServer

PICTURES = Path(__file__).parents[2] / "docs"


def main() -> None:
    """Open the first notebook in JupyterLab, run it, and photograph the Explorer in it."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = JupyterServer("lab", Path(home))
        server.start()
        try:
            server.add("binder.svg", NOTEBOOKS / "binder.svg")
            server.add("start.ipynb", NOTEBOOKS / "00_start_here.ipynb")
            context = launch(playwright).new_context(viewport={"width": 1400, "height": 900})
            notebook = NotebookPage(context.new_page(), server)
            notebook.open("start.ipynb")
            notebook.run_all()
            sources = [each["source"] for each in notebook.cells()]
            cell = notebook.cell(sources.index("bp.Explorer(net)"))
            cell.get_by_role("radio", name="Explain w1", exact=True).check()
            cell.get_by_text("Sum of the 2 paths").wait_for()
            notebook.screenshot(PICTURES / "explorer.png", cell.locator(".jp-OutputArea-output"))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
