"""Takes out of a notebook what differs from run to run or from machine to machine."""

from typing import Any

from course.files import badge

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
KEPT_OF_A_CELL = ("jupyter", "slideshow", "tags")  # "jupyter": whether the source is folded away
KEPT_OF_A_PICTURE = ("alt", "height", "width")
WIDGET = "application/vnd.jupyter.widget-view+json"  # points to a state that is not stored


def clean(notebook: Any, name: str) -> None:
    """Bring a notebook into the one form in which it is stored; its name makes the badge."""
    notebook.metadata = {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    _put_badge(notebook.cells[0], name)
    for cell in notebook.cells:
        cell.source = "\n".join(line.rstrip() for line in cell.source.splitlines()).strip()
        cell.metadata = {key: cell.metadata[key] for key in KEPT_OF_A_CELL if key in cell.metadata}
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
            for output in cell.outputs:
                _clean_output(output)


def _put_badge(cell: Any, name: str) -> None:
    """The badge below the title, in place of the one that may be there."""
    title, *lines = cell.source.splitlines()
    others = [line for line in lines if not line.startswith("[![")]
    text = "\n".join(others).strip("\n")
    cell.source = f"{title}\n\n{badge(name)}\n\n{text}"


def _joined(outputs: list[Any]) -> list[Any]:
    """Text that arrived in several pieces as one: how it is cut depends on the machine's speed."""
    joined: list[Any] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if output.output_type == "stream" and last and last.get("name") == output.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def _clean_output(output: Any) -> None:
    if "data" not in output:
        return
    output.data.pop(WIDGET, None)
    kept = {}
    for kind, notes in output.metadata.items():
        some = {key: notes[key] for key in KEPT_OF_A_PICTURE if key in notes}
        if kind in output.data and some:
            kept[kind] = some
    output.metadata = kept
