"""Recomputes the formulas of a case file: sums, products and days between events, and nothing else."""

import ast
import datetime as dt
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

#: A formula that is not recomputed says so by its first word.
FINDING, WORDS = "finding:", "text:"
#: No number that a formula meets on its way is larger.
MOST = 1e18

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
_FINDINGS = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+(, [a-z_]+(\.[a-z0-9_]+)+)*")
_SIGNS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}

Value = int | float | dt.date


def names(formula: str) -> list[str]:
    """Return the ids of facts, events and findings that a formula names; none where it is words."""
    if formula.startswith(WORDS):
        return []
    found = _NAME.findall(formula.removeprefix(FINDING))
    return [name for name in found if name not in ("to", "days")]


def fault(formula: str, value: object, known: Mapping[str, object]) -> str | None:
    """Say what is wrong with a formula, or that it does not give the value.

    Parameters
    ----------
    formula : str
        An expression of numbers, ids and `days(from, to)` with + - * / and brackets; two of them with
        "to" between for a range such as "2-24"; words after "text:", or findings after "finding:".
    value : object
        What the file says that it gives. A result may differ by half a unit in the last place shown.
    known : mapping
        The numbers and dates that ids stand for.

    Returns
    -------
    str or None
        The fault in words, or None where there is none.
    """
    if formula.startswith(WORDS):
        return None if formula.removeprefix(WORDS).strip() else 'formula is empty after "text:"; say how'
    if formula.startswith(FINDING):
        if _FINDINGS.fullmatch(formula.removeprefix(FINDING).strip()):
            return None
        return f'formula "{formula}" names no finding; "finding: crashes.at_least_vehicles" would'
    try:
        results = [compute(end, known) for end in formula.split(" to ")]
    except (ValueError, ZeroDivisionError, OverflowError, RecursionError) as error:
        return (
            f'formula "{formula}": {error}; an expression such as "days(T04, T17)" or "6 / 85 * 60" is right,'
            ' or words after "text:"'
        )
    shown = " to ".join(f"{one:g}" if isinstance(one, float) else str(one) for one in results)
    if value is None:
        return f'formula "{formula}" gives {shown}, and there is no value; add it'
    if len(results) == 2:
        low, high = (f"{one:g}" if isinstance(one, int | float) else str(one) for one in results)
        agrees = value == f"{low}-{high}"
        shown = f'"{low}-{high}"'
    else:
        agrees = len(results) == 1 and _agree(value, results[0])
    return None if agrees else f'formula "{formula}" gives {shown}, not {value}'


def compute(formula: str, known: Mapping[str, object]) -> Value:
    """Compute an expression.

    Parameters
    ----------
    formula : str
        Numbers, ids, `days(from, to)`, + - * / and brackets.
    known : mapping
        The numbers and dates that ids stand for.

    Returns
    -------
    int, float or datetime.date

    Raises
    ------
    ValueError
        For anything else: an unknown id, another function, a date in a sum.
    ZeroDivisionError
        Where it divides by nothing.
    """
    if len(formula) > 500:
        raise ValueError("it is longer than 500 characters")
    names: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        """An id may hold dots and hyphens, which Python would read as something else."""
        if found[0] not in known:
            return found[0]
        names.append(found[0])
        return f"_{len(names) - 1}"

    try:
        tree = ast.parse(_NAME.sub(stand_in, formula), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("it is not an expression") from None

    def value(node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=bool()):
                raise ValueError("true and false are not numbers")
            case ast.Constant(value=int() | float() as number):
                return _bounded(number)
            case ast.Name(id=name) if re.fullmatch(r"_\d+", name) and int(name[1:]) < len(names):
                found = known[names[int(name[1:])]]
                if isinstance(found, int | float | dt.date) and not isinstance(found, bool):
                    return found if isinstance(found, dt.date) else _bounded(found)
                raise ValueError(f"{names[int(name[1:])]} has no number and no date")
            case ast.Name(id=name):
                raise ValueError(f"{name} is no id of a fact or event")
            case ast.Call(func=ast.Name(id="days"), args=[start, end], keywords=[]):
                first, last = value(start), value(end)
                if isinstance(first, dt.date) and isinstance(last, dt.date):
                    return (last - first).days
                raise ValueError("days(...) takes two dates")
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return -_number(value(inner))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _SIGNS:
                return _bounded(_SIGNS[type(sign)](_number(value(left)), _number(value(right))))
        raise ValueError("it may hold numbers, ids, days(from, to), + - * / and brackets only")

    return value(tree)


def _bounded(number: int | float) -> int | float:
    """Return a number, and refuse one that is no number or beyond all that is counted."""
    if not abs(number) <= MOST:
        raise ValueError(f"a number in it is not finite, or beyond {MOST:,.0f}")
    return number


def _number(value: Value) -> int | float:
    """Return a number, and refuse a date: use days(from, to)."""
    if isinstance(value, dt.date):
        raise ValueError("a date stands in a sum; days(from, to) gives days")
    return value


def _agree(value: object, result: Value) -> bool:
    """Tell whether a value is the result, as far as it is shown."""
    if isinstance(value, bool | dt.date) or isinstance(result, dt.date):
        return type(value) is type(result) and value == result
    if not isinstance(value, int | float):
        return False
    exponent = Decimal(repr(value)).as_tuple().exponent
    unit = 10.0 ** min(exponent, 0) if isinstance(exponent, int) else 0.0
    return abs(value - result) <= unit / 2 + 1e-9
