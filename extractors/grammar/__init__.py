"""Written times, numbers and durations: tokens become lexemes, rules read what they mean. Knows no document.

- A token's lexeme has a sense, told by the lexicons: `openings` → `terms` → `known` → `senses`; `lexer` cuts digits and
  signs apart.
- A rule reads one written form at an index of a `Cursor`. Points stand in `numeric_points`, `worded_points` and
  `quarters`, with the `years` behind them; `points` chooses by the kind of lexeme that opens them, `ranges` joins two.
- `durations`, `clock` and `timings` read what is no point; `figures` reads numbers, `numbers` their units and signs.
- `calendar` tells a point's days and its TIMEX3 value.

In the docstring of a rule a line `written form → facts` is an example: the tests read the form with all rules, and
what they find must be what stands behind the arrow (`tests/test_doctests.py`). A new form is a rule, its examples, and
its place in a table.
"""
