"""Imports nbformat without a second's work for nothing; it comes before papermill, nbconvert and nbformat.

JupyterLab brings rfc3987_syntax along, with which jsonschema can tell whether a text is an address. That
module builds its grammar while it is imported. No schema of a notebook asks for the check, and jsonschema
does without the module where it is not installed.
"""

import sys

_CHECK = "rfc3987_syntax"

# None is Python's own way to say that a module is not there; one that is loaded already stays.
_ABSENT = sys.modules.setdefault(_CHECK, None) is None  # ty: ignore
try:
    import nbformat  # noqa: F401
finally:
    if _ABSENT:
        del sys.modules[_CHECK]
