"""What the notebook at work was started with: each block that it shows says it."""

from typing import Any

#: Under this name.
MADE_WITH = "made_with"
#: The case, and the values that are not the default; empty where no notebook was started.
_started: dict[str, Any] = {}


def start_with(chosen: dict[str, Any]) -> None:
    """Have each block that is shown from now on say with which parameters it was made.

    A notebook's file can hold other parameters than its outputs were made with; the page then is refused.

    Parameters
    ----------
    chosen : dict
        The case, and the values that are not the default; empty to say nothing.
    """
    _started.clear()
    _started.update(chosen)


def made_with() -> dict[str, Any]:
    """Return what a block is to say: `MADE_WITH` and the parameters, or nothing."""
    return {MADE_WITH: dict(_started)} if _started else {}
