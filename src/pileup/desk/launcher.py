"""The form in JupyterLab: set the parameters, make the report, and see the page and the command for it."""

import base64
import datetime as dt
import html
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat

from pileup.base.errors import PileupError
from pileup.base.paths import REPORTS
from pileup.case import due
from pileup.case.load import known_cases
from pileup.files import parameters
from pileup.files.parameters import Parameters
from pileup.make import run
from pileup.record.states import STATES

try:
    import ipywidgets as widgets
except ModuleNotFoundError:
    raise PileupError("the form needs ipywidgets: start it with `make lab`, which installs it") from None

#: The project's folder: paths in the form count from here, and so does the command that it shows.
BASE = REPORTS.absolute().parent
#: Whole numbers with at most so many possible values are chosen from a list, others are typed.
LISTED = 100
#: What exists on this machine and therefore stands in no schema.
OFFERED: dict[str, Callable[[], list[str]]] = {"case": known_cases}


#: Labels above their fields, as many columns as there is room for, and one on a phone.
#: JupyterLab would take keys for itself: an x typed in a list to find Texas would cut the cell, and Enter on
#: the button start to edit. Its own mark on what has the focus turns that off; ipywidgets sets no such mark.
STYLE = """<style onload="this.closest('.pileup-form')?.addEventListener('focusin',
  event => event.target.setAttribute('data-lm-suppress-shortcuts', 'true'))">
.pileup-form .widget-gridbox { grid-template-columns: repeat(auto-fit, minmax(min(17em, 100%), 1fr)); }
.pileup-form .widget-gridbox .widget-inline-hbox { height: auto; width: 95%; }
.pileup-form .widget-gridbox .widget-inline-hbox:not(.widget-checkbox) { display: grid; }
.pileup-form .widget-inline-hbox .widget-label { text-align: left; font-weight: 600; width: auto; }
.pileup-form select { height: 2.2em; }
.pileup-form small { display: block; line-height: 1.4; }
.pileup-form pre { white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; padding: 0.5em;
  border: 1px solid #767676; }
.pileup-form .widget-button { width: 100%; max-width: 24em; height: 2.5em; margin: 0.5em 0; }
.pileup-form iframe { width: 100%; height: 75vh; border: 1px solid #767676; background: #fff; }
</style>"""


def choices(name: str, field: Mapping[str, Any]) -> list[tuple[str, Any]] | None:
    """Return the values that a field offers in a list, or None where one is typed.

    Parameters
    ----------
    name : str
        The parameter.
    field : mapping
        What the schema says of it.

    Returns
    -------
    list of tuple or None
        Each value with its label; the years with the latest last, the states by their names.
    """
    if name in OFFERED:
        return [(value, value) for value in OFFERED[name]()]
    # Where several lists are right, the first has the form in which a value is kept: a state's code.
    for one in (field, *field.get("anyOf", [])):
        if "enum" in one:
            return [(_label(value), value) for value in one["enum"]]
    if field["type"] == "integer":
        # Of a year the schema says that 0 is right, too; the form offers the years themselves.
        bounds = field["anyOf"][-1] if "anyOf" in field else field
        if bounds["maximum"] - bounds["minimum"] < LISTED:
            return [(str(value), value) for value in range(bounds["minimum"], bounds["maximum"] + 1)]
    return None


def _label(value: str) -> str:
    """Name a value of a list in words."""
    return f"{STATES[value]} ({value})" if value in STATES else value or "as in the case"


def formats(field: Mapping[str, Any]) -> set[str]:
    """Return the formats that the schema knows for a text, such as `date` or `file-path`."""
    return {one["format"] for one in field.get("anyOf", []) if "format" in one}


def explained(field: Mapping[str, Any]) -> str:
    """Return what the schema says of a field as a line under its widget: a box that is ticked says true."""
    text = html.escape(field["description"].removeprefix("true: "))
    text = re.sub(r"`([^`]*)`", r"<code>\1</code>", text[:1].upper() + text[1:])
    return f"<small>{text}</small>"


def command(chosen: Parameters, program: str = "pileup") -> str:
    """Return the command that makes the same report, quoted for a shell, defaults left out.

    Parameters
    ----------
    chosen : Parameters
        What to run, with paths as they were typed.
    program : str
        How the project's command is called here.
    """
    words = [program, "report"]
    if chosen.case != Parameters().case:
        words += ["--case", chosen.case]
    for name, value in chosen.changed().items():
        words += ["-p", name, str(value).lower() if isinstance(value, bool) else str(value)]
    return shlex.join(words)


def program(base: Path) -> str:
    """Return how the command is called from the project's folder: `.venv/bin/pileup` in a checkout."""
    beside = Path(sys.executable).parent / "pileup"
    return beside.relative_to(base).as_posix() if beside.is_relative_to(base) else "pileup"


def located(chosen: Parameters, base: Path) -> Parameters:
    """Return the same with whole paths: a notebook's own folder is not where the command is run.

    Parameters
    ----------
    chosen : Parameters
        What to run, with paths as they were typed.
    base : Path
        The folder from which they count.
    """
    own = {"case": chosen.case} if chosen.case not in known_cases() else {}
    group = {"group": chosen.group} if chosen.group else {}
    return chosen.model_copy(update={name: str(base / path) for name, path in {**own, **group}.items()})


def link(page: Path, start: Path) -> str:
    """Return the address of a page as seen from the notebook's folder, which JupyterLab resolves."""
    return quote(Path(os.path.relpath(page, start)).as_posix())


def preview(page: Path) -> str:
    """Return a frame that holds the page itself, so that it needs no server and no right to a file.

    Scripts do not run in it, and links to other sites open a tab of their own.
    """
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "page.html"
        run.write_single(page, whole)
        text = whole.read_text(encoding="utf-8")
    text = re.sub(r'<a (?=[^>]*href="http)', '<a target="_blank" rel="noopener" ', text)
    content = base64.b64encode(text.encode()).decode()
    return (
        '<iframe title="The report" sandbox="allow-popups allow-downloads"'
        f' src="data:text/html;charset=utf-8;base64,{content}"></iframe>'
    )


def form() -> widgets.VBox:
    """Return the form, for the one cell of `notebooks/launcher.ipynb` to show."""
    return Form().box


class Form:
    """The form: one field for each parameter of the schema, a button, and what comes of it.

    Parameters
    ----------
    base : Path
        The project's folder.

    Attributes
    ----------
    fields : dict
        The widget of each parameter.
    files : dict
        A field for a file of one's own, where a parameter otherwise offers a list.
    shown : ipywidgets.HTML
        The command, or what is wrong with the values.
    button, bar, said : ipywidgets.Button, ipywidgets.IntProgress, ipywidgets.HTML
        What makes the report, how far it is, and what came of it.
    place, page : ipywidgets.Output, ipywidgets.HTML
        The link to the page, and the page.
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(self, base: Path = BASE) -> None:
        self.base = base
        self.fields: dict[str, Any] = {}
        self.files: dict[str, Any] = {}
        self.shown, self.said, self.page = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.place = widgets.Output()
        self.button = widgets.Button(description="Make the report", button_style="primary")
        self.cells = len(nbformat.read(run.NOTEBOOK, as_version=4).cells) + 1  # and that of the parameters
        # Drawing the charts and checking the page take about twice as long as the cells.
        self.bar = widgets.IntProgress(
            max=3 * self.cells, description="Working", layout={"max_width": "24em"}
        )
        self.bar.layout.display = "none"
        asked = [self._field(name, field) for name, field in parameters.schema()["properties"].items()]
        self.button.on_click(lambda _: self.run())
        for widget in (*self.fields.values(), *self.files.values()):
            widget.observe(lambda _: self.show(), "value")
        self.show()
        below = [self.shown, self.button, self.bar, self.said, self.place, self.page]
        self.box = widgets.VBox([widgets.HTML(STYLE), widgets.GridBox(asked), *below])
        self.box.add_class("pileup-form")

    def values(self) -> dict[str, Any]:
        """Return the values as the schema has them: one's own file instead of a choice, a day as text."""
        values: dict[str, Any] = {}
        for name, widget in self.fields.items():
            own = self.files[name].value.strip() if name in self.files else ""
            values[name] = own or widget.value
            if isinstance(widget, widgets.DatePicker):
                day: dt.date | None = widget.value
                values[name] = day.isoformat() if day else ""
            elif isinstance(values[name], str):
                values[name] = values[name].strip()
        return values

    def show(self) -> None:
        """Show the command for the values as they are, or what is wrong with them."""
        try:
            text = command(parameters.check(self.values()), program(self.base))
        except PileupError as error:
            self.shown.value = _fault(str(error))
            return
        self.shown.value = (
            "<p>The same from a terminal, in the project's folder:</p>"
            f'<pre tabindex="0" aria-label="Command">{html.escape(text)}</pre>'
        )

    def run(self) -> None:
        """Make the report and show it; whatever goes wrong is told in one line, and the form stays usable."""
        self.button.disabled, self.bar.value = True, 0
        self.place.outputs, self.page.value = (), ""
        self.said.value = _told("Checking the case ...")
        try:
            self._run()
        except PileupError as error:
            self.said.value = _fault(str(error))
        except KeyboardInterrupt:
            self.said.value = _fault("interrupted; the last report is as it was")
        except Exception as error:  # a reporter is not to meet a traceback
            self.said.value = _fault(str(PileupError(f"{type(error).__name__}: {error}")))  # one line
        finally:
            self.button.disabled, self.bar.layout.display = False, "none"

    def _run(self) -> None:
        chosen = parameters.check(self.values())
        whole = located(chosen, self.base)
        looks = due.warnings(whole)
        page, new = run.refresh(whole, progress=False, started=self._tell)
        self.said.value = "".join(
            [
                _told("The report is made." if new else "Nothing has changed since this report was made."),
                *(_told(f"Look again: {line}") for line in looks),
            ]
        )
        anchor = (
            f'<a href="{html.escape(link(page, Path.cwd()))}" target="_blank">Open the page in a tab</a>'
            f" ({html.escape(os.path.relpath(page, self.base))})"
        )
        data = {"text/html": f"<p>{anchor}</p>", "text/plain": str(page)}
        self.place.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)
        self.page.value = preview(page)

    def _tell(self, cell: int | None) -> None:
        """Show how far the notebook is."""
        self.bar.layout.display = None
        self.bar.value = cell or self.cells
        self.said.value = _told(
            f"Cell {cell} of {self.cells} ..." if cell else "Drawing the charts and checking the page ..."
        )

    def _field(self, name: str, field: Mapping[str, Any]) -> widgets.VBox:
        """Make a parameter's widget from what the schema says of it, and the line that explains it."""
        offered = choices(name, field)
        value: Any = field["default"]
        if offered is not None:
            widget = widgets.Dropdown(options=offered, value=value)
        elif field["type"] == "boolean":
            widget = widgets.Checkbox(value=value, indent=False)
        elif field["type"] == "integer":
            widget = widgets.BoundedIntText(value=value, min=field["minimum"], max=field["maximum"])
        elif "date" in formats(field):
            widget = widgets.DatePicker()
        else:
            widget = widgets.Text(value=value, continuous_update=True)
        self.fields[name] = _labeled(widget, field["title"])
        parts = [widget]
        if name in OFFERED:
            own = widgets.Text(placeholder="my-case.toml")
            self.files[name] = _labeled(own, f"Or a {name} file of your own")
            parts.append(own)
        return widgets.VBox([*parts, widgets.HTML(explained(field))])


def _labeled(widget: Any, title: str) -> Any:
    """Give a widget its label, whole."""
    widget.description = title
    widget.style.description_width = "auto"
    return widget


def _told(text: str) -> str:
    return f'<p role="status">{html.escape(text)}</p>'


def _fault(text: str) -> str:
    return f'<p role="alert"><strong>Not possible:</strong> {html.escape(text)}</p>'
