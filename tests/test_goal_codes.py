"""Numbers of process goals and the wordings that they number."""

from __future__ import annotations

from extractors.outline.goal_codes import numbered_texts


def test_numbered_texts() -> None:
    text = "PT 1.5 Aikoja on ja 1.6 Malli toimii"
    assert [(n.code, text[n.start : n.end]) for n in numbered_texts(text)] == [
        ("1.5", "Aikoja on"),
        ("1.6", "Malli toimii"),
    ]
    assert numbered_texts("Vuonna 1.1 ei ole mitään") == []
    assert numbered_texts("15.11.2021 alkaen") == []
