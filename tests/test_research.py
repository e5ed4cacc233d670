"""The questions of the README and of docs/research.md print what is said there."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner

from pipeline.cli import OK, app
from pipeline.research.database import VIEWS
from tests.conftest import ROOT

QUESTIONS = {
    f"{name} {number}": (sql, printed)
    for name in ("README.md", "docs/research.md")
    for number, (sql, printed) in enumerate(
        regex.findall(
            r"```sql\n(.*?)```\n\n```text\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), regex.DOTALL
        ),
        1,
    )
}


def test_there_are_three_in_the_readme_and_seven_in_the_guide() -> None:
    assert list(QUESTIONS) == [*(f"README.md {n}" for n in (1, 2, 3)), *(f"docs/research.md {n}" for n in range(1, 8))]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_the_answer_that_is_told_on_one_screen(question: str, tables: Path) -> None:
    sql, printed = QUESTIONS[question]
    result = CliRunner().invoke(app, ["query", str(tables), "-"], input=sql)
    assert (result.exit_code, result.stdout) == (OK, printed)
    assert len(sql.splitlines()) + len(printed.splitlines()) <= 30


def test_every_view_is_told() -> None:
    told = (ROOT / "docs" / "research.md").read_text(encoding="utf-8")
    assert [name for name in VIEWS if name != "macros" and f"`{name}`" not in told] == []
