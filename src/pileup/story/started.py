"""What the notebook at work was started with: each block says it, and `check` asks its report."""

from typing import Any

#: Under this name.
MADE_WITH = "made_with"
#: The case, and the values that are not the default; empty where no notebook was started.
_started: dict[str, Any] = {}
#: Its report, under one name.
_reports: dict[str, Any] = {}


def start_with(chosen: dict[str, Any], report: Any = None) -> None:
    """Have each block that is shown from now on say with which parameters it was made.

    A notebook's file can hold other parameters than its outputs were made with; the page then is refused.

    Parameters
    ----------
    chosen : dict
        The case, and the values that are not the default; empty to say nothing.
    report : Report, optional
        What the notebook works with.
    """
    _started.clear()
    _started.update(chosen)
    _reports["at work"] = report


def report() -> Any:
    """Return the report of the notebook at work, or None where none was started."""
    return _reports.get("at work")


def made_with() -> dict[str, Any]:
    """Return what a block is to say: `MADE_WITH` and the parameters, or nothing."""
    return {MADE_WITH: dict(_started)} if _started else {}
