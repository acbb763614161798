"""What a notebook cell shows: a text, a chart or a table, in a form that the page can build on.

Each block displays itself in JupyterLab (Markdown, or an interactive Plotly chart) and carries the same
content as data under the type `BLOCK`. The page is made from that data alone, so `papermill` followed by
`jupyter nbconvert --to report` gives the same page as the project's own command.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from pileup.base.errors import PileupError
from pileup.story.started import made_with
from pileup.words.language import _, ngettext
from pileup.words.text import Text, as_data, from_data, linked, plain

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from pileup.story.report import Report

#: The media type under which a cell's output carries its block.
BLOCK = "application/vnd.pileup.block+json"
#: Plotly's own media type, which JupyterLab draws.
PLOTLY = "application/vnd.plotly.v1+json"


class Block(ABC):
    """Something that a cell shows. Its `repr` is short: a notebook stores it beside the data."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__.lower()} {getattr(self, 'id', '')}".strip() + ">"

    @abstractmethod
    def _shown(self) -> dict[str, Any]:
        """Return what it shows, by media type."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        shown = self._shown()
        shown[BLOCK] |= made_with()
        return shown


@dataclass(frozen=True, repr=False)
class Heading(Block):
    """The heading of a chapter that a case decides.

    Attributes
    ----------
    text : str
        In the language of the page.
    """

    text: str

    def _shown(self) -> dict[str, Any]:
        return {"text/markdown": f"## {self.text}", BLOCK: {"kind": "section", "text": self.text}}


@dataclass(frozen=True, repr=False)
class Prose(Block):
    """Paragraphs, or a list.

    Attributes
    ----------
    paragraphs : sequence of Text
        Each a tuple of plain strings and of numbers that lead to their origin.
    bullets : bool
        Whether they are the points of a list.
    role : str
        What the page takes them for: "text", or the name of a class of its style.
    open : int, optional
        How many of them, from the first, stand open on the page; without it all do.
    more : str
        The heading of the fold that the others stand in.

    Examples
    --------
    >>> import pileup
    >>> deaths = pileup.Number("role.deaths", 4, "four")
    >>> pileup.Prose([("The crash killed ", deaths, " people.")])
    <prose>
    """

    paragraphs: Sequence[Text]
    bullets: bool = False
    role: str = "text"
    open: int | None = None
    more: str = ""

    def _shown(self) -> dict[str, Any]:
        lead, gap = ("- ", "\n") if self.bullets else ("", "\n\n")
        return {
            "text/markdown": gap.join(lead + plain(paragraph) for paragraph in self.paragraphs),
            BLOCK: {
                "kind": "prose",
                "role": self.role,
                "bullets": self.bullets,
                "paragraphs": [as_data(paragraph) for paragraph in self.paragraphs],
                "open": len(self.paragraphs) if self.open is None else self.open,
                "more": self.more,
            },
        }


@dataclass(frozen=True)
class Source:
    """Who published what a chart or table shows, in words, and where in the ledger its numbers lead.

    Attributes
    ----------
    text : str
        The source line.
    origins : tuple of str
        Ids of ledger entries: `table.crashes`, `case.file`, `law.file`.

    Examples
    --------
    >>> import pileup
    >>> pileup.Source("NHTSA, FARS", ("table.crashes",)).origins
    ('table.crashes',)
    """

    text: str
    origins: tuple[str, ...]


def _sourced(source: Source) -> str:
    """Write the source line."""
    return _("Source: {source}").format(source=source.text)


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    title : str
        Its heading, with the unit of its numbers.
    numeric : bool
        Whether it holds numbers, which are set to the right.

    Examples
    --------
    >>> import pileup
    >>> pileup.Column("Crashes", numeric=True)
    Column(title='Crashes', numeric=True)
    """

    title: str
    numeric: bool = False


@dataclass(frozen=True, repr=False)
class Table(Block):
    """A table with a caption; the first column heads each row. Cells are plain values or texts.

    A number in a cell leads to the cell's own origin where the cell is a text that names one, else to the
    origin of its row in `row_origins`, else to the first one of the table's source. A table of words is
    `stacked`: on a phone each row becomes a little list instead of thin columns.

    Attributes
    ----------
    id : str
        Name of its file.
    caption : str
        What it shows.
    columns : sequence of Column
        Headings.
    rows : sequence of sequences
        Cells: text, numbers, or None for an empty one.
    source : Source
        Who published the data, and where its numbers lead.
    note : str
        What a reader must know to read it right.
    folded, stacked : bool
        Whether the page shows it closed at first, and as little lists on a phone.
    row_origins : sequence of str
        Where the numbers of each row lead, if not to the source's first origin.
    parts : sequence of str
        The part of the case file that each row is, where that has no entry in the ledger: `dispute.C05`.
    rests : sequence of str
        Ids of the numbers and inputs that it was made from; `needs` records them.

    Examples
    --------
    >>> import pileup
    >>> source = pileup.Source("NHTSA, FARS", ("table.crashes",))
    >>> columns = [pileup.Column("Year"), pileup.Column("Crashes", numeric=True)]
    >>> pileup.Table("years", "Fatal crashes by year", columns, [["2019", 33_487]], source)
    <table years>
    """

    id: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    source: Source
    note: str = ""
    folded: bool = False
    stacked: bool = False
    row_origins: Sequence[str] = ()
    parts: Sequence[str] = ()
    rests: Sequence[str] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the table as JSON."""
        return {
            "kind": "table",
            "id": self.id,
            "caption": self.caption,
            "columns": [{"title": column.title, "numeric": column.numeric} for column in self.columns],
            "rows": [
                [as_data(cell) if isinstance(cell, tuple) else cell for cell in row] for row in self.rows
            ],
            "row_origins": list(self.row_origins or [self.source.origins[0]] * len(self.rows)),
            "source": self.source.text,
            "origins": list(self.source.origins),
            "note": self.note,
            "folded": self.folded,
            "stacked": self.stacked,
            "parts": list(self.parts),
            "rests": list(self.rests),
        }

    def _shown(self) -> dict[str, Any]:
        def cell(value: object) -> str:
            text = plain(value) if isinstance(value, tuple) else "" if value is None else str(value)
            return text.replace("|", "\\|").replace("\n", " ")

        rule = ["---:" if column.numeric else ":---" for column in self.columns]
        lines = [[column.title for column in self.columns], rule, *self.rows]
        body = "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines)
        return {
            "text/markdown": f"**{self.caption}**\n\n{body}\n\n{_sourced(self.source)}",
            BLOCK: self.as_data(),
        }


@dataclass(frozen=True, repr=False)
class Chart(Block):
    """A chart with everything that a reader needs beside it.

    Attributes
    ----------
    id : str
        Name of its files.
    headline : Text
        The finding, in a sentence computed from the data.
    subtitle : str
        What is shown: measure, unit, place, years.
    alt : str
        "[kind] of [what], where [finding]", two sentences at most.
    source : Source
        Who published the data, and where its numbers lead.
    note : str
        What a reader must know to read it right.
    table : Table
        The numbers of the chart.
    wide, narrow : plotly figure
        The chart for a page column, and for a phone.

    Raises
    ------
    PileupError
        A text is empty, or the table has no rows.

    Examples
    --------
    >>> import plotly.graph_objects as go
    >>> import pileup
    >>> source = pileup.Source("NHTSA, FARS", ("table.crashes",))
    >>> columns = [pileup.Column("Year"), pileup.Column("Crashes", numeric=True)]
    >>> table = pileup.Table("years", "Fatal crashes by year", columns, [["2019", 33_487]], source)
    >>> figure = go.Figure(go.Bar(x=["2019"], y=[33_487]))
    >>> pileup.Chart(
    ...     id="years",
    ...     headline=("The year had ", pileup.Number("table.crashes", 33_487, "33,487"), " fatal crashes"),
    ...     subtitle="Fatal crashes in the United States",
    ...     alt="Bar chart of fatal crashes by year, where one year is shown.",
    ...     source=source,
    ...     note="Only crashes with a death.",
    ...     table=table,
    ...     wide=figure,
    ...     narrow=figure,
    ... )
    <chart years>
    """

    id: str
    headline: Text
    subtitle: str
    alt: str
    source: Source
    note: str
    table: Table
    wide: "go.Figure"
    narrow: "go.Figure"

    def __post_init__(self) -> None:
        texts = {
            "headline": plain(self.headline),
            "subtitle": self.subtitle,
            "alt": self.alt,
            "source": self.source.text if self.source.origins else "",
        }
        missing = [name for name, text in {**texts, "note": self.note}.items() if not text.strip()]
        if missing or not self.table.rows:
            raise PileupError(
                f"chart {self.id}: without {', '.join(missing) or 'rows in its table'} it cannot be published"
            )

    def _shown(self) -> dict[str, Any]:
        noted = _("Note: {note}").format(note=self.note)
        caption = (
            f"**{plain(self.headline)}**  \n{self.subtitle}\n\n{self.alt}\n\n{_sourced(self.source)} {noted}"
        )
        return {
            "text/markdown": caption,
            PLOTLY: {
                **self.wide.to_plotly_json(),
                "config": {"displayModeBar": False, "showSendToCloud": False},
            },
            BLOCK: {
                "kind": "chart",
                "id": self.id,
                "headline": as_data(self.headline),
                "subtitle": self.subtitle,
                "alt": self.alt,
                "source": self.source.text,
                "origins": list(self.source.origins),
                "note": self.note,
                "table": self.table.as_data(),
                "narrow": self.narrow.to_plotly_json(),
            },
        }


@dataclass(frozen=True, repr=False)
class Head(Block):
    """The top of the story: headline, standfirst, dates, and where the case stands."""

    data: dict[str, Any]

    def _shown(self) -> dict[str, Any]:
        standfirst, status = (from_data(self.data[part]) for part in ("standfirst", "status"))
        shown = f"# {self.data['headline']}\n\n{standfirst}\n\n*{status}*"
        return {"text/markdown": shown, BLOCK: {"kind": "head", **self.data}}


@dataclass(frozen=True, repr=False)
class Ledger(Block):
    """How we know: every finding and fact, with what it is computed from or who says so."""

    data: dict[str, Any]

    def _shown(self) -> dict[str, Any]:
        findings, facts, sources = (len(self.data[part]) for part in ("findings", "facts", "sources"))
        counts = _("The ledger: {findings}, {facts}, {sources}.").format(
            findings=ngettext("{count} finding", "{count} findings", findings).format(count=findings),
            facts=ngettext("{count} fact", "{count} facts", facts).format(count=facts),
            sources=ngettext("{count} source", "{count} sources", sources).format(count=sources),
        )
        return {"text/markdown": counts, BLOCK: {"kind": "ledger", **self.data}}


@dataclass(frozen=True, repr=False)
class Own(Block):
    """A box in which a reader chooses state, years and size; the page's script says what follows."""

    data: dict[str, Any]

    def _shown(self) -> dict[str, Any]:
        about = _("Set your own numbers: on the page, a reader chooses a state, years and a size here.")
        return {"text/markdown": about, BLOCK: {"kind": "own", **self.data}}


def needs(
    missing: "Callable[[Report], str]", quiet: bool = False
) -> "Callable[[Callable[[Report], Block]], Callable[[Report], Block]]":
    """Let a block give way to a sentence where the case lacks what it would show.

    What a table asks of the report while it is made is recorded as what it rests on.

    Parameters
    ----------
    missing : callable
        Given a report, says in a sentence what is missing; an empty text means that nothing is.
    quiet : bool
        The sentence is for the notebook only: a reader does not miss what this case never had.
    """

    def decorate(block: "Callable[[Report], Block]") -> "Callable[[Report], Block]":
        @wraps(block)
        def drawn(report: "Report") -> Block:
            report.asked()
            if reason := missing(report):
                return Prose([linked(reason, "case.file")], role="quiet" if quiet else "missing")
            made = block(report)
            rests = report.asked()
            if isinstance(made, Chart):
                return replace(made, table=replace(made.table, rests=rests))
            return replace(made, rests=rests) if isinstance(made, Table) else made

        return drawn

    return decorate
