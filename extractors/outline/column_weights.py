"""The weights of `column_model`'s features, as `column_weights.tsv` has them: a line each, by role where it has one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

N_ROLES = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature of a reading costs, most by what the column holds. The names tell the features."""

    too_wide: float
    broken_early: float
    cut: float
    cut_skip: float
    cut_opening: float
    cut_closed: float
    cut_goes_on: float
    hyphen_waits: float
    across_begins: float
    across_again: float
    behind_across: float
    behind_across_elsewhere: float
    moves_in_block: float
    skips: float
    back: float
    back_on_page: float
    unfinished: float
    gap_in_sentence: float
    ending: float
    opens: float
    opens_late: float
    opens_small: float
    opens_in_block: float
    period_again: float
    undated: float
    open_result: float
    ends_in_hyphen: float
    behind_hyphen: float
    capital_goes_on: float
    small_behind_end: float
    long_name: float
    known_name: float
    recurring_name: float
    name_elsewhere: float
    name_whole: float
    name_begun: float
    group: float
    group_unlike: float
    small_first: tuple[float, ...]
    lone: tuple[float, ...]
    goes_on_behind_end: tuple[float, ...]
    stays: tuple[float, ...]
    empty: tuple[float, ...]
    closes: tuple[float, ...]
    verb: tuple[float, ...]
    measure: tuple[float, ...]
    collection: tuple[float, ...]
    figure: tuple[float, ...]
    item: tuple[float, ...]


def feature_names() -> list[tuple[str, int | None]]:
    """Every feature, with the number of the role where it is one of several."""
    scalars = [(item.name, None) for item in fields(Weights) if item.type == "float"]
    vectors = [(item.name, role) for item in fields(Weights) if item.type != "float" for role in range(N_ROLES)]
    return [*scalars, *vectors]


def from_values(values: dict[tuple[str, int | None], float]) -> Weights:
    """Weights by feature; those that are not given cost nothing."""
    given: dict[str, float | tuple[float, ...]] = {}
    for item in fields(Weights):
        if item.type == "float":
            given[item.name] = values.get((item.name, None), 0.0)
        else:
            given[item.name] = tuple(values.get((item.name, role), 0.0) for role in range(N_ROLES))
    return Weights(**given)  # type: ignore[arg-type]


@cache
def column_weights() -> Weights:
    """The fitted weights."""
    values: dict[tuple[str, int | None], float] = {}
    for line in (files(__package__) / "column_weights.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, role, value = line.split("\t")
            values[name, int(role) if role else None] = float(value)
    return from_values(values)
