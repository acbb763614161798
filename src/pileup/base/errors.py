"""The one error that a user sees: a single line that says what, where and what would be right."""

from collections.abc import Sequence


class PileupError(Exception):
    """Bad input or a broken file, told in one line; the command line ends with status 2.

    Parameters
    ----------
    message : str
        What is wrong, where, and what would be right. Line breaks are folded into spaces, so that a
        message stays one line whatever an input carries.
    faults : sequence of str, optional
        The same, one fault each, where a file has several: `pileup case check` prints one a line.

    Examples
    --------
    >>> import pileup
    >>> try:
    ...     pileup.load_case("my-cse.toml")
    ... except pileup.PileupError as error:
    ...     print(error)
    case 'my-cse.toml': no such case or file; known cases are ...
    """

    def __init__(self, message: str, faults: Sequence[str] = ()) -> None:
        super().__init__(" ".join(str(message).split()))
        self.faults = [" ".join(fault.split()) for fault in faults]

    def _render_traceback_(self) -> list[str]:
        """Show the same one line, not a traceback, when raised in a notebook (an IPython hook)."""
        return [f"{type(self).__name__}: {self}"]
