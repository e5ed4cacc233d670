"""What tells of a measure's state: named signs of its label, its words, its verbs and its dates.

A sign is what one clause, label or date says: `label:done`, `begins past`, `drops decided`, `does not yet past`,
`ready`, `date later`. A clause's verbs give an act of the lexicon (`begins`), or `does` for other verbs, `is` for the
auxiliary, with how it is told (`past`, `present`, `planned`, `not past` …). Some signs are told by clauses together:
finished work that is rolled out, is only followed up, goes on. What the signs weigh is for `statuses`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from extractors.document import Span, Token
from extractors.facts.acts import act_of
from extractors.facts.clauses import Clause, clauses, is_auxiliary, is_infinitive, is_passive, is_to_be
from extractors.outline.labels import state_label
from lexicons import Entry, needs

_ACTS = needs("statuses", groups=["act"])
_STATES = needs("statuses", groups=["state"])
_LATER = needs("statuses", "later")
_REST = needs("statuses", "rest")
_PARTLY = needs("statuses", "partly")
_ROLLOUT = needs("statuses", groups=["rollout"])
_FOLLOW_UP = needs("statuses", groups=["follow_up"])
_CHANGE = needs("changes", groups=["change"])
_WITHOUT = needs("clause_words", "without")
_DECIDED = needs("clause_words", "decided")
_FRAME = needs("clause_words", "frame")
_CONDITION = needs("clause_words", "condition")
_BUT = needs("clause_words", "but")
_STILL = needs("clause_words", "still")
_TIME = needs("time_words", groups=["month", "season", "year", "turn_word", "quarter", "half", "week"])
_PERCENT = needs("readiness", "percent")

FINISHED = (
    "completes past",
    "settles past",
    "finishes past",
    "does past",
    "ready",
    "prepares past",
    "established present",
)
"""Signs of finished work."""

OPEN = (
    "ongoing",
    "continues present",
    "spreads present",
    "lasts present",
    "prepares present",
    "begins present",
    "does present",
    "not ready",
)
"""Signs of work that goes on."""

AHEAD = (
    "later",
    "date later",
    "reports present",
    "begins present",
    "does planned",
    "begins planned",
    "completes present",
)
"""Signs of work that lies ahead."""

OPEN_OBJECT = ", open object"
"""How the signs end that tell of a deed whose object leaves it open; one done deed is enough for the measure."""

When = Literal["later", "current", "past"]


class Sign(NamedTuple):
    """Something that tells of a measure's state, by its name, and the words that tell it."""

    name: str
    span: Span


class Told(NamedTuple):
    """A state that stands outside a measure's own words, and the words that name it."""

    status: str
    span: Span


class Timed(NamedTuple):
    """A date that a measure names, and how it lies against the report's own: after it, reaching over it, before it.

    None where the days of either are unknown.
    """

    span: Span
    when: When | None


class _Heard(NamedTuple):
    """A sign and the clause that tells it."""

    name: str
    span: Span
    clause: Clause


def signs(
    tokens: Sequence[Token],
    label: Told | None = None,
    dates: Iterable[Timed] = (),
    above: Told | None = None,
    percent: float | None = None,
) -> tuple[Sign, ...]:
    """What tells of the state of a measure with these words under a label, each sign once, at its first place.

    `above` is the state of the paragraph whose list the measure belongs to; it is heard where the measure's own words
    tell no more than a tense, and not that something was done. `percent` is the readiness that the measure states of
    itself.
    """
    words, own = _own_label(tokens)
    found: dict[str, Sign] = {}
    for sign in (
        *_outside(tokens, label, own, percent),
        *_inside(clauses(words), tuple(dates), has_readiness=percent is not None),
    ):
        found.setdefault(sign.name, sign)
    if above is not None and all(is_plain(name) and name != "does past, passive" for name in found):
        found[f"above:{above.status}"] = Sign(f"above:{above.status}", above.span)
    return tuple(found.values())


PLAIN = ("does past", "does present", "is past", "is present", "no verb", "count told")
"""How the signs begin that tell by tense alone, or nothing."""


def is_plain(name: str) -> bool:
    """Whether a sign tells no more than a tense."""
    return name.startswith(PLAIN)


def _span(tokens: Sequence[Token]) -> Span:
    """The stretch from the first to the last of some words, in whatever order they come."""
    if not tokens:
        return Span(0, 0)
    return Span(min(token.start for token in tokens), max(token.end for token in tokens))


# Labels and readiness


def _outside(tokens: Sequence[Token], label: Told | None, own: Told | None, percent: float | None) -> Iterator[Sign]:
    if label is not None:
        yield Sign(f"label:{label.status}", label.span)
    if own is not None:
        yield Sign(f"own label:{own.status}", own.span)
    if percent is not None:
        name = "percent whole" if percent >= 100 else "percent part" if percent > 0 else "percent zero"
        yield Sign(name, _span(tokens))


def _own_label(tokens: Sequence[Token]) -> tuple[Sequence[Token], Told | None]:
    """A label that stands in the measure itself, before a colon or in brackets, and the measure's words without it.

    "Käynnissä: Opasta laaditaan", "Opas kunnille (luovuttu)", "Opas kunnille (valmis, valmiusaste 100 %)".
    """
    for opening, closing in _labelled(tokens):
        commas = [index for index in range(opening + 1, closing) if tokens[index].text == ","]
        for end in (closing, *commas):
            status = state_label(tokens[opening:end])
            if status is not None:
                rest = [*tokens[:opening], *tokens[end:]]
                return rest, Told(status, Span(tokens[opening].start, tokens[end - 1].end))
    return tokens, None


def _labelled(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where words stand that may be a label: up to the first colon, and between brackets."""
    texts = [token.text for token in tokens]
    if ":" in texts:
        yield 0, texts.index(":")
    for opening, text in enumerate(texts):
        if text == "(" and ")" in texts[opening:]:
            yield opening + 1, texts.index(")", opening)


# Clauses


def _inside(found: Sequence[Clause], dates: Sequence[Timed], *, has_readiness: bool) -> Iterator[Sign]:
    """The signs of a measure's own words."""
    told = _telling(found)
    heard = [one for clause in told for one in _of_clause(clause)]
    if any(one.name.startswith("does past") and not one.name.endswith(("past", OPEN_OBJECT)) for one in heard):
        heard = [one for one in heard if not one.name.endswith(OPEN_OBJECT)]
    heard += _when(found, dates)
    together = list(_together(found, heard))
    yield from together
    is_part = any(sign.name == "finished, partly" for sign in together)
    yield from _figures(told, dates, has_readiness=has_readiness or is_part)
    named = ("followed up", *_STATES.ids)
    if not any(clause.verbs for clause in told) and not any(one.name.endswith(named) for one in heard):
        whole = Span(found[0].tokens[0].start, found[-1].tokens[-1].end) if found else Span(0, 0)
        yield Sign("no verb", whole)
        if any(date.when == "past" for date in dates):
            yield Sign("date past", whole)


def _telling(found: Sequence[Clause]) -> list[Clause]:
    """The clauses that tell of the measure: the main ones, and what was decided.

    Where the main ones have no verb, or only name the measure, its relative clauses tell: "Ohje, joka laaditaan
    keväällä", "Toimenpiteenä on opas, joka on laadittu".
    """
    main = [clause for clause in found if clause.relation == "main"]
    if not any(clause.verbs for clause in main):
        main += [clause for clause in found if clause.relation == "bracket"]
    relative = [clause for clause in found if clause not in main and clause.opening and clause.opening.pos == "PRON"]
    if relative and all(_only_names(clause) for clause in main):
        return relative
    decided = [clause for clause in found if clause not in main and _is_content(clause)]
    deciding = [clause for clause in main if decided and _DECIDED.stand_in(clause.verbs[-1:])]
    return [
        clause for clause in found if (clause in main and clause not in deciding) or (deciding and clause in decided)
    ]


def _only_names(clause: Clause) -> bool:
    """Whether a main clause only names a measure, and tells nothing of its state."""
    deed = clause.deed
    if deed is None:
        return clause.negator is None
    is_frame = _FRAME.stand_in((deed,)) or (is_auxiliary(deed) and not clause.is_past and clause.negator is None)
    return is_frame and _act(clause) is None and not _STATES.stand_in(clause.tokens)


def _is_content(clause: Clause) -> bool:
    """Whether a subordinate clause tells what was decided: "päätettiin, ettei kurssia pidetä"."""
    return clause.opening is not None and clause.opening.pos == "SCONJ" and not _CONDITION.stand_in((clause.opening,))


def _of_clause(clause: Clause) -> list[_Heard]:
    is_open = not clause.is_past and clause.negation is None
    follow_ups = (hit for hit in _FOLLOW_UP.find(clause.tokens) if clause.verbs or _is_subject(clause.tokens[hit.last]))
    follow_up = next(follow_ups, None)
    if is_open and follow_up is not None and not _ROLLOUT.stand_in(clause.tokens):
        return [_Heard("followed up", Span(follow_up.start, follow_up.end), clause)]
    found = list(_state_signs(clause))
    if clause.verbs or clause.negator:
        found += _deed_signs(clause, is_named=bool(found))
    return [_Heard(sign.name, sign.span, clause) for sign in found]


def _is_subject(token: Token) -> bool:
    """Whether a word may be a subject ("jäljellä enää seuranta"), and not an attribute ("seurannan tulokset")."""
    return token.case in (None, "Nom", "Par")


def _form(clause: Clause) -> str:
    """How a clause tells its deed: `past`, `present`, `planned`, `not yet past` …"""
    tense = "past" if clause.is_past else "present"
    if clause.negation is not None:
        return f"{clause.negation} {tense}"
    if clause.modality is not None:
        return clause.modality
    return "conditional" if clause.mood == "Cnd" else tense


def _state_signs(clause: Clause) -> Iterator[Sign]:
    """The words of a clause that name a state; "valmis" only beside the auxiliary or without a verb."""
    deed = clause.deed
    is_predicate = deed is None or is_auxiliary(deed) or is_to_be(deed)
    form = _form(clause) if is_predicate and (clause.verbs or clause.negator) else ""
    for hit in _STATES.find(clause.tokens):
        if hit.entry.id == "ready" and not is_predicate:
            continue
        denied = clause.negation if clause.negation != "undone" else None
        if denied is None and _WITHOUT.stand_in(clause.tokens[max(0, hit.first - 2) : hit.first]):
            denied = "not"
        name = hit.entry.id
        if denied is not None:
            name = f"{denied} {name}"
        elif form in ("past", "planned", "conditional"):
            name = f"{name} {form}"
        yield Sign(name, Span(hit.start, hit.end))
    for token in clause.tokens:
        if token.tag.startswith("VERB.Part.Pres.Pass.Ess"):  # on testattavana
            yield Sign("ongoing", Span(token.start, token.end))


def _deed_signs(clause: Clause, *, is_named: bool) -> Iterator[Sign]:
    """What the verbs of a clause tell; `is_named` says that a word for its state stands in it."""
    form, act, deed = _form(clause), _act(clause), clause.deed
    verbs = [*clause.verbs, *([clause.negator] if clause.negator is not None else [])]
    span = _span(verbs)
    if act is not None:
        entry, words = act
        yield Sign(f"{entry.id} {form}", _span([*verbs, *words]))
    elif deed is not None and is_auxiliary(deed):
        if not is_named:
            yield Sign(f"is {form}", span)
    elif deed is not None and _CHANGE.stand_in((deed,)) and not is_passive(deed):
        yield Sign(f"changes {form}", span)
    else:
        yield Sign(f"does {form}", span)
        if form == "past":
            yield Sign(f"does past, {_voice(clause)}{OPEN_OBJECT if _has_open_object(clause) else ''}", span)


def _voice(clause: Clause) -> str:
    return "passive" if any(map(is_passive, clause.verbs)) else "active"


def _has_open_object(clause: Clause) -> bool:
    """Whether the object is in the partitive and not counted, so that the work may go on: "asiakkaita on tavattu".

    The object is the noun that opens the clause, or the first behind the verb; its attributes in the genitive and what
    an infinitive or a participle governs are none.
    """
    verb = clause.deed
    if verb is None:
        return False
    before = [token for token in clause.tokens if token.start < verb.start]
    behind = [token for token in clause.tokens if token.start > verb.start]
    return any(map(_opens_with_partitive, (before, behind)))


def _opens_with_partitive(words: Sequence[Token]) -> bool:
    for token, following in zip_longest(words, words[1:]):
        is_noun = token.pos in ("NOUN", "PROPN")
        if token.pos in ("NUM", "ADP") or is_infinitive(token) or (is_noun and token.case not in ("Gen", "Par")):
            return False
        is_governed = following is not None and ".Part" in following.tag
        if is_noun and token.case == "Par" and not is_governed:
            return True
    return False


# Acts


def _act(clause: Clause) -> tuple[Entry, list[Token]] | None:
    """What the verbs of a clause do to the work, by the longest wording, and the wording's other words."""
    return act_of(clause, _ACTS, lambda entry, verb: entry.id != "moves" or _to_a_time(clause, verb))


def _to_a_time(clause: Clause, verb: Token) -> bool:
    """Whether a clause names a time to which something is moved ("siirtyy syksylle", "siirrettiin ensi vuoteen"), or
    who is to decide on it ("siirrettiin johtoryhmän päätettäväksi")."""
    if any(is_to_be(token) and token.case == "Tra" for token in clause.tokens):
        return True
    hits = _TIME.find(clause.tokens)
    return any(clause.tokens[hit.last].case in ("All", "Ill", "Tra") for hit in hits if hit.start != verb.start)


# Dates and figures


def _when(found: Sequence[Clause], dates: Sequence[Timed]) -> Iterator[_Heard]:
    """What dates and words of time say beside a verb in the present tense, or in a clause that tells its condition."""
    for clause in found:
        is_condition = clause.opening is not None and _CONDITION.stand_in((clause.opening,))
        if (clause.is_past and clause.modality is None) or (clause.relation == "subordinate" and not is_condition):
            continue
        starts = {token.start for token in clause.tokens}
        for date in dates:
            if date.when in ("later", "current") and date.span.start in starts:
                yield _Heard(f"date {date.when}", date.span, clause)
        for hit in _LATER.find(clause.tokens):
            yield _Heard("later", Span(hit.start, hit.end), clause)


def _figures(told: Sequence[Clause], dates: Sequence[Timed], *, has_readiness: bool) -> Iterator[Sign]:
    """Clauses that tell a figure: a percentage or a count, in the past or in the present."""
    for clause in told:
        tense = "past" if clause.is_past else "present"
        for token, following in zip_longest(clause.tokens, clause.tokens[1:]):
            is_percent = token.text == "%" or _PERCENT.stand_in((token,))
            is_oblique = following is not None and following.text.startswith(":")  # "60 %:lle kunnista"
            if is_percent and not has_readiness and not is_oblique:
                yield Sign(f"percent told, {tense}", Span(token.start, token.end))
            if following is not None and _is_count(token, following, dates):
                yield Sign(f"count told, {tense}, {_voice(clause)}", Span(token.start, following.end))


def _is_count(token: Token, following: Token, dates: Sequence[Timed]) -> bool:
    """Whether a number counts the noun behind it: "41 asiakasta"."""
    is_noun = following.case == "Par" and following.pos == "NOUN" and not _PERCENT.stand_in((following,))
    if not token.text.isdigit() or not is_noun:
        return False
    return not any(date.span.start <= token.start < date.span.end for date in dates)


# Signs together


def _together(found: Sequence[Clause], heard: Sequence[_Heard]) -> Iterator[Sign]:
    """The signs of clauses with what they tell together; what lies ahead beside finished or present work is then no
    sign of the measure's own state."""
    finished = next((one for one in heard if one.name in FINISHED), None)
    now = finished or _goes_on_before(heard)
    beside = [one for one in heard if now is not None and _is_more_ahead(one, now)]
    if finished is not None and finished.name == "does past":  # "lisättiin hankkeeseen, ja siitä raportoidaan keväällä"
        reporting = {one.clause for one in heard if one.name == "reports present"}
        beside = [one for one in beside if one.clause not in reporting]
    lasting = {one.clause for one in heard if one.name == "continues present"}
    for one in heard:
        if one.clause in lasting and one.name in ("later", "date later"):
            yield Sign("continues later", one.span)
        elif one not in beside:
            yield Sign(one.name, one.span)
    if beside:
        yield Sign(f"{'goes on' if finished is None else 'finished'}, more ahead", beside[0].span)
    if finished is None:
        return
    for one in heard:
        if _is_undone(one) and one.clause is not finished.clause:
            yield Sign("finished, something not", one.span)
    yield from _left_of(finished, found, [one for one in heard if one not in beside])
    if (part := _part(finished)) is not None:
        yield Sign("finished, partly", part)


def _is_more_ahead(one: _Heard, now: _Heard) -> bool:
    """Whether a sign tells of something ahead in another main clause than the work that is done or goes on."""
    if one.clause is now.clause or one.clause.relation != "main":
        return False
    return one.name in AHEAD or (now.name in FINISHED and _is_undone(one))


def _is_undone(one: _Heard) -> bool:
    """Whether a sign tells that something has not been done so far: "ei ole aloitettu", "ei ole valmis"."""
    return one.name.endswith((" not past", " not yet past")) or one.name.startswith("not ")


def _goes_on_before(heard: Sequence[_Heard]) -> _Heard | None:
    """The sign that work goes on; a plain present is one only where a clause behind is held against it."""
    for one in heard:
        against = (other for other in heard if other.span > one.span and _BUT.stand_in(other.clause.tokens[:2]))
        if one.name in OPEN and (one.name != "does present" or next(against, None) is not None):
            return one
    return None


def _left_of(finished: _Heard, found: Sequence[Clause], heard: Sequence[_Heard]) -> Iterator[Sign]:
    """What is left of finished work: its rollout, its follow-up, something that goes on."""
    ongoing = [one.clause for one in heard if one.name == "ongoing"]
    still_open = [clause for clause in found if (clause.verbs and not clause.is_past) or clause in ongoing]
    for clause in still_open:
        for hit in _ROLLOUT.find(clause.tokens):
            yield Sign("finished, rolled out", Span(hit.start, hit.end))
            return
    for one in heard:
        if one.name == "followed up":
            yield Sign("finished, followed up", one.span)
            return
    for one in heard:
        is_contrasted = _is_contrasted(one.clause)
        if one.name in OPEN and one.span > finished.span and (one.name != "does present" or is_contrasted):
            yield Sign("finished, but goes on" if is_contrasted else "finished, goes on", one.span)
            return


def _is_contrasted(clause: Clause) -> bool:
    """Whether a clause is held against another: "mutta …", "… yhä", "loppuihin …"."""
    return _BUT.stand_in(clause.tokens[:2]) or _STILL.stand_in(clause.tokens) or _REST.stand_in(clause.tokens)


def _part(finished: _Heard) -> Span | None:
    """The words that tell that only a part is finished: "valmiina on puolet", "viety loppuun 71 %"."""
    for hit in _PARTLY.find(finished.clause.tokens):
        return Span(hit.start, hit.end)
    if finished.name.startswith("does"):
        return None
    return next((Span(token.start, token.end) for token in finished.clause.tokens if token.text == "%"), None)
