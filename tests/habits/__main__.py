"""Run combinations of habits and tell what is lost by table and by habit, or show one combination.

python -m tests.habits --runs 2000 --seed 1 --workers 2
python -m tests.habits --show 57 > seed-57.txt      # its document on stdout, what is wrong with it on stderr
python -m tests.habits --alone measures_table       # this habit and no other, over every document that shows it
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from random import Random

from tests.habits.combine import Combination, Tally, combination, combined
from tests.habits.facts import Outcome
from tests.habits.generate import generated
from tests.habits.habits import HABITS
from tests.habits.samples import all_samples, sample


@dataclass(frozen=True, slots=True)
class Done:
    """A combination's outcome, with what tells it apart; `has` is what its report has to write."""

    seed: int
    name: str
    habits: tuple[str, ...]
    has: frozenset[str]
    outcome: Outcome

    @property
    def faults(self) -> int:
        return len(self.outcome.missing) + len(self.outcome.spurious)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.habits", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=2000, help="combinations, one a seed")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; the others follow it")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--show", type=int, metavar="SEED", help="write this combination's document and its faults")
    parser.add_argument(
        "--alone", metavar="HABIT", help="this habit alone ('' for none), over all samples and 40 others"
    )
    options = parser.parse_args()
    if options.show is not None:
        show(combination(options.show))
    elif options.alone is not None:
        report([_done(one) for one in alone(options.alone)])
    else:
        seeds = range(options.seed, options.seed + options.runs)
        with ProcessPoolExecutor(options.workers) as pool:
            report(list(pool.map(run, seeds, chunksize=20)))


def run(seed: int) -> Done:
    """A combination's outcome, with what tells it apart."""
    return _done(combination(seed))


def _done(one: Combination) -> Done:
    return Done(one.seed, one.name, one.habits, one.report.has, one.outcome())


def alone(name: str) -> Iterator[Combination]:
    """One habit by itself, or none, over every sample and forty generated reports in which it shows."""
    reports = [sample(one) for one in all_samples()] + [generated(Random(seed)) for seed in range(40)]
    for seed, one in enumerate(reports):
        if not name or HABITS[name].fits(one):
            yield combined(seed, one, (name,) if name else (), Random(seed))


def report(done: list[Done]) -> None:
    """Shares by table, by habit with and without it, and the seeds that lose or add most."""
    whole = tally(done)
    print(f"{whole.runs} documents, {whole.expected.total()} facts, {whole.kept():.1%} kept\n")
    print(f"{'table':20}{'facts':>8}{'kept':>8}{'share':>8}{'spurious':>10}")
    for table in whole.tables:
        kept = whole.expected[table] - whole.lost[table]
        print(f"{table:20}{whole.expected[table]:8}{kept:8}{whole.kept(table):8.1%}{whole.added[table]:10}")
    if any(one.habits for one in done):
        print_habits(done)
    print("\nseeds that lose or add most:")
    for one in sorted(done, key=lambda one: -one.faults)[:10]:
        facts = one.outcome.expected.total()
        print(f"{one.seed:6}: {one.faults} of {facts} in {one.name}: {', '.join(one.habits)}")


def tally(done: Iterable[Done]) -> Tally:
    found = Tally()
    for one in done:
        found.add(one.outcome)
    return found


def print_habits(done: list[Done]) -> None:
    """Each habit with the share of facts kept in documents that have it, and in those where it would show but where
    nothing of its subject is changed; then the table that loses most by it."""
    rows = []
    for name, habit in HABITS.items():
        rivals = {one.name for one in HABITS.values() if one.subject == habit.subject}
        with_it = tally(one for one in done if name in one.habits)
        without = tally(one for one in done if habit.needs <= one.has and not rivals & set(one.habits))
        if with_it.runs:
            rows.append((with_it.kept() - without.kept(), name, with_it, without))
    print(f"\n{'':28}{'':6}{'kept':>8}{'':9}{'spurious':>10}")
    heads = f"{'with':>8}{'without':>9}{'with':>10}{'without':>9}"
    print(f"{'habit, worst first':28}{'runs':>6}{heads}  loses most, with (without)")
    for _, name, with_it, without in sorted(rows, key=lambda row: row[0]):
        added = [one.added.total() / max(1, one.expected.total()) for one in (with_it, without)]
        worst = max(with_it.tables, key=lambda table: with_it.lost[table] - expected_loss(without, with_it, table))
        print(
            f"{name:28}{with_it.runs:6}{with_it.kept():8.1%}{without.kept():9.1%}{added[0]:10.1%}{added[1]:9.1%}"
            f"  {worst} {with_it.kept(worst):.0%} ({without.kept(worst):.0%})"
        )


def expected_loss(without: Tally, with_it: Tally, table: str) -> float:
    """How many facts of a table the documents with a habit would lose at the rate of those without."""
    return (1 - without.kept(table)) * with_it.expected[table]


def show(one: Combination) -> None:
    """The document on standard output; its habits, missing and spurious facts on standard error."""
    sys.stdout.buffer.write(one.data)
    sys.stdout.flush()
    outcome = one.outcome()
    print(f"\nseed {one.seed}: {one.name}\nhabits: {', '.join(one.habits) or 'none'}", file=sys.stderr)
    for title, facts in (("missing", outcome.missing), ("spurious", outcome.spurious)):
        for fact in facts:
            print(f"{title:9} {fact.table}: {fact}", file=sys.stderr)


if __name__ == "__main__":
    main()
