"""In which phase a clause says a service or a method is: planned, piloted, in use, rolled out, ended; or denied to be.

What tells it are the clause's verbs (`otettiin käyttöön`), words for a state (`käytössä`) and words that name a deed
(`pilotointi`), with the tense, mood and negation of its verb group. What happens once lies ahead when it is told in the
present ("avataan"); what goes on is so ("toimii"), but for a time that is still to come.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

from extractors.document import Token
from extractors.facts.acts import act_of
from extractors.facts.clauses import Clause, is_auxiliary, is_passive
from lexicons import Entry, needs

_ACTS = needs("activity_words", groups=["act"])
_STATES = needs("activity_words", groups=["state"])
_NOUNS = needs("activity_words", groups=["noun"])
needs("activity_words", "starts", "drops", "finishes", "continues", "held", "postpones", "prepares", "spreads")
_EVERYWHERE = needs("activity_words", "everywhere")
_LATER = needs("statuses", "later")

State = Literal["planned", "piloted", "in_use", "rolled_out", "ended"]


class Phase(NamedTuple):
    """A phase, whether it is denied, and where it is planned what is."""

    state: State
    planned_state: State | None = None
    negated: bool = False

    @property
    def ahead(self) -> Phase:
        """The same as something that lies ahead."""
        return self if self.state == "planned" or self.negated else Phase("planned", self.state)

    def spread(self, clause: Clause) -> Phase:
        """What is in use everywhere is rolled out."""
        if "in_use" not in (self.state, self.planned_state) or not _EVERYWHERE.stand_in(clause.tokens):
            return self
        return (
            self._replace(state="rolled_out") if self.state == "in_use" else self._replace(planned_state="rolled_out")
        )


def deed_named(token: Token) -> Entry | None:
    """The deed that a word names: `piloted` of "pilotointi", also at the end of a compound."""
    return next((hit.entry for hit in _NOUNS.find((token,)) if ends_with(token, hit.term.text)), None)


def ends_with(token: Token, word: str) -> bool:
    """Whether a word is another or a compound that ends with it."""
    return any(lemma.lower().endswith(word) for lemma in token.lemmas)


def phase_of(clause: Clause, noun: Entry | None, *, is_later: bool) -> Phase | None:
    """The phase that a clause tells of its theme; `noun` names the deed that is done to that, where any is.

    `is_later` says that the clause names a time which lies behind the report's own. None where it tells none.
    """
    if not clause.verbs and clause.negator is None:
        return _without_verb(clause, noun)
    if clause.mood in ("Cnd", "Imp") or clause.modality in ("possible", "required"):
        return None
    told = _told(clause, noun)
    if told is None:
        return None
    act, state = told
    if clause.negation is not None:
        return _denied(clause, act, noun, state)
    is_decided = clause.modality == "decided" and _is(act, "drops")  # "on päätetty luopua"
    is_done = clause.is_past and (clause.modality is None or is_decided)
    is_ahead = not is_done and (clause.modality is not None or _lies_ahead(clause, act, noun, is_later=is_later))
    phase = Phase(state).ahead if is_ahead or _is(act, "postpones", "prepares") else Phase(state)
    return phase.spread(clause)


def _lies_ahead(clause: Clause, act: Entry | None, noun: Entry | None, *, is_later: bool) -> bool:
    """Whether what is told in the present is still to come."""
    if _is(act, "continues") or (_is(act, "finishes") and noun is not None):
        return False
    return _is(act, "starts", "drops", "finishes") or is_later or _LATER.stand_in(clause.tokens)


def _told(clause: Clause, noun: Entry | None) -> tuple[Entry | None, State] | None:
    """The act of a clause, and the phase that it brings; None where nothing tells one."""
    found = act_of(clause, _ACTS, lambda entry, verb: entry.id != "held" or is_passive(verb))
    act = found[0] if found is not None else None
    deed = clause.deed
    if deed is None or is_auxiliary(deed):
        hit = next(_STATES.find(clause.tokens), None)
        if hit is not None and (act is None or act.value is None):
            state = _value(hit.entry) or _value(noun)
            return (None, state) if state is not None else None
        if act is None and deed is not None and clause.negation == "no longer" and noun is None:
            return None, "in_use"  # vastaanottoa ei ole enää
    if act is None:
        return None
    if noun is None:
        state = None if _is(act, "postpones") else _value(act)
    elif _is(act, "drops"):
        state = "ended"
    elif _is(act, "spreads"):
        state = "rolled_out"
    else:
        state = _value(noun)
    return (act, state) if state is not None else None


def _denied(clause: Clause, act: Entry | None, noun: Entry | None, state: State) -> Phase | None:
    """What a denied clause tells: what no longer is has ended."""
    has_ended = clause.negation == "no longer" or (_is(act, "continues") and clause.negation == "not")
    if has_ended and state in ("piloted", "in_use", "rolled_out"):
        return Phase("ended")
    return Phase(state, negated=True).spread(clause)


def _without_verb(clause: Clause, noun: Entry | None) -> Phase | None:
    hit = next(_STATES.find(clause.tokens), None)
    state = _value(hit.entry) if hit is not None else None
    if hit is not None and state is None:
        state = _value(noun)
    return Phase(state).spread(clause) if state is not None else None


def _is(act: Entry | None, *names: str) -> bool:
    return act is not None and act.id in names


def _value(entry: Entry | None) -> State | None:
    return cast("State | None", entry.value) if entry is not None else None
