"""The page of the ledger, beside a report; a report in a single file has the same entries inside it."""

from pileup.page import look, origins
from pileup.page.content import Block, Page
from pileup.page.working import Derived
from pileup.words.language import _


def ledger_page(
    page: Page, back: str, signs: list[list[Block]], derived: Derived | None = None, working: str = ""
) -> str:
    """Return how each number, fact and date of a report is known, as a page.

    Parameters
    ----------
    page : Page
        The report's page, with a ledger.
    back : str
        The address of the page from the folder that this one stands in.
    signs : list of list of dict
        What `pileup.page.origins.listed` gives for each sign of the report's pages.
    derived : dict, optional
        Which cell of the numbered notebooks derives which number.
    working : str
        The folder of their pages, where these stand beside it.

    Returns
    -------
    str
        A page without any script; its filter is a choice of kinds, which the style sheet shows or hides.
    """
    return look.render(
        "ledger.html.j2",
        title=page.title,
        page=back,
        style=look.without_fonts(),
        ledger=page.ledger,
        signs=signs,
        derived=derived or {},
        working=working,
        entries=origins.entries(page.ledger),
        shows=_shows(),
    )


def _shows() -> dict[str, str]:
    """Return what the entries may be narrowed to: the end of an id, and words."""
    return {
        "all": _("Everything"),
        "computed": _("Computed here"),
        "confirmed": _("Facts that several sources or an official one confirm"),
        "single": _("Facts from one source"),
        "doubt": _("Claims, and what is disputed or was not found"),
    }
