"""Faults to plant in the code, one at a time, each with the tests that must fail for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """An edit of one place.

    Attributes
    ----------
    file : str
        The module, below `src/pileup/`.
    old, new : str
        What stands there, exactly once, and what is put in its place.
    tests : str
        The file of tests, below `tests/`.
    """

    file: str
    old: str
    new: str
    tests: str


_CRASHES = "record/test_crashes.py"
_SENTENCES = "record/test_sentences.py"
_LAW = "case/test_law.py"
_ENGINE = "findings/test_engine.py"
_PROVENANCE = "findings/test_provenance.py"

MUTANTS = [
    Mutant("record/crashes.py", "return Rank(1 + larger,", "return Rank(larger,", _CRASHES),
    Mutant("record/crashes.py", "by, operator.ge) - equal", "by, operator.ge)", _CRASHES),
    Mutant("record/crashes.py", "equal - contains(counts, crash))", "equal)", _CRASHES),
    Mutant("record/crashes.py", "by, operator.lt) / total", "by, operator.le) / total", _CRASHES),
    Mutant("record/crashes.py", '["crashes"] > 0]', '["crashes"] >= 0]', _CRASHES),
    Mutant(
        "record/crashes.py", "return self.last - self.first + 1", "return self.last - self.first", _CRASHES
    ),
    Mutant(
        "record/crashes.py", 'known = trucks + int(flags.get("no", 0))', "known = int(flags.sum())", _CRASHES
    ),
    Mutant(
        "record/sentences.py",
        "place = share * (len(self.months) - 1)",
        "place = share * len(self.months)",
        _SENTENCES,
    ),
    Mutant("record/sentences.py", "sum(term < months for", "sum(term <= months for", _CRASHES),
    Mutant("record/sentences.py", "+ (math.inf,) * life", "", _SENTENCES),
    Mutant("record/sentences.py", "passed += 1 / term", "passed += 1", _SENTENCES),
    Mutant(
        "record/conditions.py",
        "_1980 = {1: _CLEAR, 2: _RAIN, 3: _SNOW",
        "_1980 = {1: _CLEAR, 2: _RAIN, 3: _RAIN",
        "record/test_conditions.py",
    ),
    Mutant("record/conditions.py", "if first <= year)", "if first < year)", "record/test_conditions.py"),
    Mutant("case/totals.py", "rule.id not in lifted", "True", _LAW),
    Mutant("case/totals.py", "lowest = max([low,", "lowest = sum([low,", _LAW),
    Mutant(
        "case/totals.py",
        "parts.append(max(_sum_max(others), _sum_max(beside)))",
        "parts.append(_sum_max(others) + _sum_max(beside))",
        _LAW,
    ),
    Mutant("case/totals.py", "among >= rule.at_least", "among > rule.at_least", _LAW),
    Mutant(
        "case/formula.py",
        "return (last - first).days",
        "return (last - first).days + 1",
        "case/test_rules.py",
    ),
    Mutant("case/formula.py", "<= unit / 2 + 1e-9", "<= unit * 2", "case/test_rules.py"),
    Mutant("case/due.py", "part.look_again <= by", "part.look_again < by", "case/test_due.py"),
    Mutant("case/route.py", "* math.cos(middle)", "", "case/test_route.py"),
    Mutant("words/written.py", "if low == high", "if low != high", "story/test_texts.py"),
    Mutant("findings/engine.py", "self._follow(made, numbers, leaves)", "pass", _ENGINE),
    Mutant("findings/engine.py", "leaves[name] = leaf", "leaves.pop(name, None)", _ENGINE),
    Mutant(
        "findings/engine.py", "if value is None:\n            raise", "if False:\n            raise", _ENGINE
    ),
    Mutant("findings/declare.py", "if one and not one.id", "if False", _ENGINE),
    Mutant(
        "findings/outside.py",
        'f"parameter.{what}": mark_of(repr(value))',
        'f"parameter.{what}": mark_of(what)',
        _PROVENANCE,
    ),
    Mutant(
        "findings/crash.py",
        "return parameter_vehicles or role_vehicles",
        "return role_vehicles or parameter_vehicles",
        _PROVENANCE,
    ),
]
