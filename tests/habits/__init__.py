"""Changed habits, same facts: a report's facts stay what they are, however an office numbers, words and lays it out.

    model       a report as its facts in order: headings, goals, readiness, measures, indicators, projects
    samples     the samples of `data/raw` and `tests/documents` with their truth as such reports
    contents    what invented offices report, and `generate`, which makes reports of it
    office      how an office writes; `wordings`, its words for columns, states, stages, goals
    habits      the habits: each a small change of how an office writes
    render      a report as that office writes it, and the facts that stand in it
    write       the result as txt, docx or html
    facts       what the program found, compared with what was written
    combine     a seed → a report, some habits, a document, an outcome

`python -m tests.habits --help` tells how to run thousands of combinations and how to look at one. The words come from
how offices write, not from our lexicons: whoever adds some must not look there first, or the test proves nothing.
"""
