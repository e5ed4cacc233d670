"""What a figure in prose is about: the words of its own clause that name it, as one could quote them.

The figure itself, its comparator and other figures that it is told beside are left out, and so is what only joins the
clause to another or the figure to its subject: "ja", "oli", "yhteensä". Of figures told in a row each has its own words
and shares those before the first. What a pronoun stands for and what bare words such as "osuus" belong to is told with
it: "asiakkaita, joista ...", "Hoitoon pääsy: osuus".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from extractors.document import AnalysedDocument, Span, Token
from extractors.facts.clauses import Clause, is_auxiliary
from extractors.facts.passages import Figure, Passage, Told
from lexicons import Words, needs

_BARE = needs("figure_words", "bare")
_EDGE = needs("figure_words", "edge")
_PRONOUN = needs("figure_words", "pronoun")
_BEHIND = needs("figure_words", "behind")
_UNIT = needs("figure_words", "unit")
_OF_AGE = needs("figure_words", "of_age")
_WHICH = needs("figure_words", "which")
_OPEN = needs("figure_words", "open")
_THAT = needs("clause_words", "that")
_ASKING = needs("clause_words", "asking")

CLAUSE = 500
"""Characters on either side of a figure in which what belongs to it is looked for."""

_ATTRIBUTES = frozenset(("duration", "measure", "money"))
"""Kinds of figures that may be part of what another counts: "kahden viikon jakso", "65 vuotta täyttäneet"."""

_EDGES = ' \t\n()[]•·*▪–-:;.,/+=_"”'

_CUTS = frozenset((",", ";", "–", "—", "/", "+"))
"""Marks that part figures told in a row."""

_LOCAL = frozenset(("Ine", "Ela", "Ill", "Ade", "Abl", "All"))

COMPLEMENT = 160
"""Characters of the longest clause that is told with the words that it completes."""

MOST_FIGURES = 40
"""Figures of a sentence from which on it is a table's row or rubble, whose words name none of them."""

GAP = 4
"""Code points of white space between words of one stretch."""


def about(document: AnalysedDocument, told: Told, figure: Span, topic: str | None = None) -> str | None:
    """What a figure measures; `topic` names what its whole run of text is about. None where nothing names it."""
    if len(told.passage.figures) > MOST_FIGURES:
        return topic
    phrase = _Phrase(document, told, figure)
    words = phrase.words()
    if words and phrase.pronoun(words) is None:
        completed = phrase.completed(words)
        if phrase.tells(words) or completed != phrase.text(words):
            return completed
    if not words:
        found = phrase.subject() or topic or phrase.topic()
    elif (pronoun := phrase.pronoun(words)) is not None:
        antecedent = phrase.antecedent(pronoun)
        sign = ", " if phrase.is_relative else ": "
        found = f"{antecedent}{sign}{phrase.completed(words)}" if antecedent else topic
    else:
        wider = phrase.subject() or topic or phrase.topic()
        text = phrase.completed(words)
        found = f"{wider}: {text}" if wider and wider != text else text
    return found if found and any(map(str.isalpha, found)) else None


def own_words(document: AnalysedDocument, told: Told, figure: Span) -> str | None:
    """The same where the figure's clause alone names what it measures, else None."""
    if len(told.passage.figures) > MOST_FIGURES:
        return None
    phrase = _Phrase(document, told, figure)
    words = phrase.words()
    return phrase.completed(words) if phrase.tells(words) and phrase.pronoun(words) is None else None


class _Phrase:
    """The words of one figure in its clause."""

    def __init__(self, document: AnalysedDocument, told: Told, figure: Span) -> None:
        self.document, self.told, self.passage = document, told, told.passage
        found = (one for one in self.passage.figures if one.number.start <= figure.start < one.number.end)
        own = next(found, Figure(figure.start, figure.end, "count", figure))
        self.own = own._replace(start=min(own.start, figure.start), end=max(own.end, figure.end))
        self.place = self.opens = self.own.start
        self.clause = self.passage.clause_at(self.own.number.start)
        if self.clause is not None and self.clause.relation == "bracket" and not self._words_beside(self.clause):
            self._step_out()

    @property
    def is_relative(self) -> bool:
        opening = self.clause.opening if self.clause is not None else None
        return opening is not None and opening.pos == "PRON" and not self._is_inside(opening, self.own)

    def _words_beside(self, clause: Clause) -> bool:
        """Whether a bracket names its figure with words of its own: (valmiusaste 60 %)"""
        figures = [self.own, *self.passage.figures]
        words = [token for token in clause.tokens if not any(self._is_inside(token, one) for one in figures)]
        return any(_is_content(token) and not self._is_dated(token) for token in words)

    def _step_out(self) -> None:
        """The clause around the brackets that a figure stands in alone."""
        before = [token for token in self.passage.tokens if token.start < self.own.start]
        opened = next((i for i in range(len(before) - 1, -1, -1) if before[i].text == "("), None)
        if opened:
            self.place = before[opened].start
            self.clause = self.passage.clause_at(before[opened - 1].start)

    def _is_dated(self, token: Token) -> bool:
        return any(span.start <= token.start < span.end for span in self.passage.dated)

    @staticmethod
    def _is_inside(token: Token, figure: Figure) -> bool:
        return figure.start <= token.start < figure.end

    # Its own words

    def words(self) -> list[Token]:
        """The words that name the figure, in order; none where the clause holds no others."""
        if self.clause is None:
            return []
        rivals = self._rivals(self.clause)
        attributes = [one for one in self._figures(self.clause) if one not in rivals]
        parts = _parted(self.document, self.clause, rivals, attributes, self.place)
        own = parts[-1]
        self.opens = own[0].start if own else self.place
        inside = self._kept(own, rivals)
        if len(parts) > 1 and not any(token in self.clause.verbs for token in inside):
            inside = self._shared(parts[0], own, inside, rivals)
        return self._trimmed(inside)

    def _rivals(self, clause: Clause) -> list[Figure]:
        """The figures of the clause that are told beside this one and name nothing."""
        own = self.own.number.start
        others = self._figures(clause)
        return [one for one in others if one.number.start == own or not self._is_attribute(one, clause)]

    def _figures(self, clause: Clause) -> list[Figure]:
        starts = {token.start for token in clause.tokens}
        return [one for one in self.passage.figures if one.start in starts or one.number.start in starts]

    def _is_attribute(self, figure: Figure, clause: Clause) -> bool:
        """Whether a figure is part of a name: "65 vuotta täyttäneistä", "kahden viikon kuluessa", "7 päivässä"."""
        if figure.kind == "age" and self.own.kind != "age":
            return True
        if figure.kind == "duration" and self.own.kind != "duration" and _OF_AGE.stand_in(clause.verbs):
            return True  # on täyttänyt 65 vuotta
        if figure.kind not in _ATTRIBUTES or figure.kind == self.own.kind:
            return False
        last = next((one for one in reversed(clause.tokens) if self._is_inside(one, figure)), None)
        following = next((one for one in clause.tokens if one.start >= figure.end), None)
        if last is not None and last.case not in ("Nom", "Par", None):
            return last.case not in ("Ela", "Ill")
        return following is not None and "Part" in following.tag

    def _kept(self, tokens: Sequence[Token], rivals: Sequence[Figure]) -> list[Token]:
        """Words without figures and without what only goes with them: "oli vain 12 %", "kolmen viikon kuluessa"."""
        holes = (
            [*rivals, self.own] if self.own.kind != "age" else [one for one in rivals if one.number != self.own.number]
        )
        kept: list[Token] = []
        is_behind = False
        for token in tokens:
            if any(self._is_inside(token, hole) for hole in holes):
                is_behind = self._is_inside(token, self.own) and self.own.kind in ("duration", "age")
                while kept and _is(kept[-1], _EDGE):
                    kept.pop()
                continue
            if not (is_behind and _BEHIND.stand_in((token,))):
                kept.append(token)
            is_behind = False
        return kept

    def _shared(
        self, head: Sequence[Token], own: Sequence[Token], inside: list[Token], rivals: Sequence[Figure]
    ) -> list[Token]:
        """The words of a figure in a row with those of the first that hold for it too.

        "Kävijöistä 61 % oli naisia ja 39 % miehiä": Kävijöistä oli miehiä; "Jämsässä ratkeaa 58 %, Kouvolassa 51 %":
        Kouvolassa ratkeaa.
        """
        first = min((one.start for one in rivals if one.start >= head[0].start), default=head[-1].end)
        before = self._trimmed(self._kept([token for token in head if token.start < first], rivals), ends=False)
        verbs = self.clause.verbs if self.clause is not None else ()
        behind = [token for token in head if token.start >= first and token in verbs]
        lead = self._trimmed([token for token in inside if token.start < self.own.start], ends=False)
        rest = [token for token in inside if token not in lead and token.start >= self.own.start]
        cases = {_head(chunk).case for chunk in _chunks(lead)} - {None}
        is_local = any(_is_local(token) for token in lead)
        kept: list[Token] = []
        is_placed = not lead
        for chunk in _chunks(before):
            case = _head(chunk).case
            is_replaced = bool(lead) and case is not None and (case in cases or (is_local and case in _LOCAL))
            if not is_replaced:
                kept += chunk
            elif not is_placed:
                kept += lead
                is_placed = True
        return [*kept, *behind, *([] if is_placed else lead), *rest]

    def _trimmed(self, tokens: list[Token], *, ends: bool = True) -> list[Token]:
        """Words without what joins them to others at the beginning, and at the end to the figure."""
        opening = self.clause.opening if self.clause is not None and not self.is_relative else None
        named = {one.start for one in self.passage.figures}  # yli 75-vuotiaista
        while tokens and tokens[0].start not in named:
            if not (_joins(tokens[0]) or tokens[0] is opening or self._is_rest(tokens)):
                break
            tokens = tokens[1:]
        while ends and tokens and (_joins(tokens[-1]) or is_auxiliary(tokens[-1])):
            if is_auxiliary(tokens[-1]) and tokens[-1].start > self.own.start:
                break
            tokens = tokens[:-1]
        return tokens

    def _is_rest(self, tokens: Sequence[Token]) -> bool:
        """Whether words begin with the end of a date, or with the number of a heading or a list."""
        first = tokens[0]
        is_cut = any(span.start < first.start < span.end for span in self.passage.dated)
        is_number = first.pos == "NUM" and len(tokens) > 1 and tokens[1].text[0].isupper()
        is_marker = len(first.text) == 1 and len(tokens) > 1 and tokens[1].text == ")"
        return is_cut or is_marker or (is_number and not self._is_dated(first))

    # What the words leave open

    def tells(self, words: Sequence[Token]) -> bool:
        """Whether words say what is measured: a noun that names something, and not alone in a local case."""
        content = [token for token in words if _is_content(token) and not self._is_dated(token)]
        nouns = [token for token in content if _is_noun(token) or _is_agent(token)]
        names = [token for token in nouns if not _is(token, _BARE)]
        is_counted = self.own.kind == "count" and self.clause is not None and any(t in self.clause.verbs for t in words)
        if is_counted and any(token.case == "Par" and token.start >= self.own.end for token in nouns):
            return True  # Mukana on 16 kuntaa
        if nouns and any(token.pos == "NUM" and not self._is_dated(token) for token in words):
            return True  # Tavoitteen 2.1 valmius
        return bool(names) and (len(content) > 1 or names[0].case in ("Nom", "Par", None))

    def pronoun(self, words: Sequence[Token]) -> Token | None:
        """The pronoun among some words that stands for something named before."""
        for index, token in enumerate(words):
            if token.pos != "PRON" or not _is(token, _PRONOUN):
                continue
            following = words[index + 1] if index + 1 < len(words) else None
            modifies = following is not None and following.pos != "VERB" and following.case == token.case
            if not modifies and not self.tells(words[:index]):
                return token
        return None

    def subject(self) -> str | None:
        """What the clauses around, nearest first, are about: of the main clause, else of the ones before."""
        if self.clause is None:
            return None
        if found := self._name([token for token in self.clause.tokens if token.start < self.opens]):
            return found
        others = [one for one in self.passage.clauses if one is not self.clause and one.relation != "bracket"]
        before = [one for one in others if one.tokens[0].start < self.clause.tokens[0].start]
        behind = [one for one in others if one not in before and one.relation == "main"]
        for clause in (*reversed(before), *(behind if self.clause.opening is not None else ())):
            if found := self._name(clause.tokens):
                return found
        return None

    def topic(self) -> str | None:
        """What the sentence before is about; in a list item the first one."""
        before = self.told.opening if self.told.opening is not None else self.told.before
        return self._name(before.tokens, ("Nom",)) if before is not None else None

    def antecedent(self, pronoun: Token) -> str | None:
        """What a pronoun stands for: of a relative clause the noun before it, else a noun of what was said before."""
        is_relative = self.is_relative and self.clause is not None
        opens = self.clause.tokens[0].start if is_relative and self.clause is not None else self.opens
        before = [token for token in self.passage.tokens if token.start < min(opens, pronoun.start)]
        if is_relative and _is(pronoun, _WHICH):
            return self._whole(before) or None
        sources = [(self.passage, before)]
        if self.told.before is not None and not is_relative:
            sources.append((self.told.before, list(self.told.before.tokens)))
        for passage, tokens in sources:
            outside = _outside_brackets(tokens)
            if found := self._named(passage, outside, pronoun, nearest=is_relative):
                return found
        return None

    def _whole(self, before: Sequence[Token]) -> str:
        """The clause that "mikä" stands for, without its figures."""
        clause = self.passage.clause_at(before[-1].start) if before else None
        tokens = [token for token in before if clause is not None and token in clause.tokens]
        figures = self.passage.figures
        outside = (token for token in tokens if not any(self._is_inside(token, one) for one in figures))
        return self.text(self._trimmed(list(outside)))

    def _named(self, passage: Passage, tokens: Sequence[Token], pronoun: Token, *, nearest: bool) -> str | None:
        """The noun phrase of some words that a pronoun may stand for: one in its number, nearest or first."""
        counted = {token.start for one in passage.figures for token in _counted_by(one, tokens)}
        candidates = []
        for chunk in _chunks(tokens):
            head = _head(chunk)
            is_noun = _is_noun(head) or _is_agent(head) or head.pos == "ADJ"
            in_figure = any(self._is_inside(head, one) for one in passage.figures)
            if not is_noun or in_figure or head.case in ("Gen", None) or self._is_dated(head) or _is(head, _UNIT):
                continue
            is_counted = any(token.start in counted for token in chunk)
            fits = is_counted or head.number == pronoun.number or head.case == "Par"
            candidates.append((fits, is_counted, chunk))
        fitting = [one for one in candidates if one[0]] or candidates
        if not fitting:
            return None
        chosen = fitting[-1] if nearest else next((one for one in reversed(fitting) if one[1]), fitting[0])
        words = [token for token in chosen[2] if not any(self._is_inside(token, one) for one in passage.figures)]
        return self.text(words) or None

    def _name(self, tokens: Sequence[Token], cases: Sequence[str] = ("Nom", "Par")) -> str | None:
        """The noun phrase that says what a clause is about: its first one that names something."""
        figures = [one for one in self.passage.figures if one.kind != "age"]
        bare = [token for token in tokens if not any(self._is_inside(token, one) for one in figures)]
        chunks = [chunk for chunk in _chunks(bare) if self.tells(chunk) and _is_noun(_head(chunk))]
        named = (chunk for chunk in chunks if _head(chunk).case in cases)
        chosen = next(named, chunks[0] if chunks and "Par" in cases else None)
        return self.text(chosen) if chosen is not None else None

    # Their wording

    def completed(self, words: Sequence[Token]) -> str:
        """The wording of some words with the clause that says what they leave open.

        "heistä kertoi, ettei ollut soittanut", "oli sellaisia, jotka olisi voitu hoitaa kotona".
        """
        text, clause = self.text(words), self.clause
        if clause is None or not text:
            return text
        last = next((token for token in reversed(clause.tokens) if token.is_word), None)
        following = self._complement(last) if last is not None else None
        if last is None or following is None or (last is not words[-1] and not _is(last, _OPEN)):
            return text
        told = [token for token in following.tokens if token.is_word]
        begin, end = (last if last is not words[-1] else told[0]).start, told[-1].end
        sign = " " if last is not words[-1] else ", "
        return _closed(f"{text}{sign}{self.document.clean(begin, end)}") if end - begin <= COMPLEMENT else text

    def _complement(self, last: Token) -> Clause | None:
        """The clause behind a comma that a word at the end of the figure's clause calls for."""
        clauses = self.passage.clauses
        following = next((one for one in clauses if one.tokens[0].start >= last.end and one.opening is not None), None)
        if following is None or following.opening is None or self.document.text[last.end : last.end + 1] != ",":
            return None
        if following.opening.start - last.end > GAP:
            return None
        is_told = self.clause is not None and last in self.clause.verbs and not is_auxiliary(last)
        asks = is_told and (_THAT.stand_in((following.opening,)) or _is_question(following.opening))
        return following if asks or (_is(last, _OPEN) and following.relation == "subordinate") else None

    def text(self, words: Sequence[Token]) -> str:
        """The wording of some words: stretches without a gap as they are written."""
        indexes = {token.start: index for index, token in enumerate(self._every())}
        pieces: list[Span] = []
        last = -2
        for token in words:
            index = indexes.get(token.start, -9)
            is_near = bool(pieces) and 0 <= token.start - pieces[-1].end <= GAP
            if is_near and (index == last + 1 or self._are_one(pieces[-1].start, token.start)):
                pieces[-1] = Span(pieces[-1].start, token.end)
            else:
                pieces.append(Span(token.start, token.end))
            last = index
        texts = (self.document.clean(*piece).strip(_EDGES) for piece in pieces)
        return _closed(" ".join(text for text in texts if text))

    def _are_one(self, first: int, last: int) -> bool:
        """Whether two words are of one date or one figure, marks between: "1–9/2021", "0–17-vuotiaat"."""
        spans = (*self.passage.dated, *(one.number for one in self.passage.figures))
        return any(first < span.end and span.start < last < span.end for span in spans)

    def _every(self) -> Iterator[Token]:
        for passage in (self.told.opening, self.told.before, self.passage):
            if passage is not None:
                yield from passage.tokens


def _parted(
    document: AnalysedDocument,
    clause: Clause,
    figures: Sequence[Figure],
    attributes: Sequence[Figure],
    place: int,
) -> list[Sequence[Token]]:
    """The first part of a clause and, where it is another, the part around a place: between marks that part figures.

    A colon parts what it leads to from what stands before. What is part of a name is parted by a comma alone.
    """
    tokens = clause.tokens
    cuts = [0]
    for low, high in _gaps([*figures, Figure(place, place, "count", Span(place, place))]):
        cuts += [i for i, token in enumerate(tokens) if low <= token.start < high and _may_part(tokens, i)][-1:]
    for low, high in _gaps([*figures, *attributes]) if attributes else ():
        commas = (i for i, token in enumerate(tokens) if low <= token.start < high and token.text in ",;")
        cuts += [i for i in commas if not _is_list(tokens, i)][-1:]
    cuts += [i for i, one in enumerate(tokens) if one.text == ":" and document.text[one.end : one.end + 1].isspace()]
    cuts = sorted({*cuts, len(tokens)})
    at = max((i for i, token in enumerate(tokens) if token.start <= place), default=0)
    number = max(i for i, cut in enumerate(cuts[:-1]) if cut <= at)
    parts = [tokens[low:high] for low, high in pairwise(cuts)]
    return [parts[0], parts[number]] if number else [parts[0]]


def _gaps(figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """From where to where words stand between figures and the next ones."""
    ordered = sorted({one.start: one for one in reversed(figures)}.values())
    return [(one.end, other.start) for one, other in pairwise(ordered)]


def _is_list(tokens: Sequence[Token], index: int) -> bool:
    """Whether a comma stands between words of one case."""
    if not 0 < index < len(tokens) - 1:
        return True
    left, right = tokens[index - 1], tokens[index + 1]
    return left.case is not None and left.case == right.case


def _may_part(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    is_suspended = index > 0 and tokens[index - 1].text.endswith("-") and len(tokens[index - 1].text) > 1
    return (token.text in _CUTS or token.pos == "CCONJ") and not is_suspended


def _chunks(tokens: Sequence[Token]) -> list[list[Token]]:
    """Words in noun phrases: a noun with the genitives and agreeing words before it; others each alone."""
    found: list[list[Token]] = []
    is_open = False
    for index, token in enumerate(tokens):
        is_nominal = token.case is not None and token.is_word
        is_number = token.pos == "NUM" and index > 0 and tokens[index - 1].case is not None
        if (is_open and (is_nominal or _is_link(tokens, index))) or is_number:
            found[-1].append(token)
        else:
            found.append([token])
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        is_open = _goes_on(token, following) if is_nominal else bool(len(found[-1]) > 1 and _is_link(tokens, index))
        if is_nominal and not is_open and _is_link(tokens, index + 1):
            is_open = True
    return found


def _head(chunk: Sequence[Token]) -> Token:
    """The noun of a noun phrase; behind it may stand the number of a year or of a goal."""
    return next((token for token in reversed(chunk) if token.case is not None), chunk[-1])


def _goes_on(token: Token, following: Token | None) -> bool:
    """Whether a noun phrase goes on behind a word: behind a genitive, and behind an attribute that agrees."""
    if following is None or following.case is None or not following.is_word:
        return False
    if token.case == "Gen" and following.pos != "PRON":
        return True
    if token.pos == "ADJ" and token.text.lower() == token.lemma and following.pos == "NOUN":
        return True  # viime kuussa
    return token.pos not in ("NOUN", "PROPN") and token.case == following.case


def _is_link(tokens: Sequence[Token], index: int) -> bool:
    """Whether a conjunction joins two nouns of one case."""
    if not 0 < index < len(tokens) - 1 or tokens[index].pos != "CCONJ":
        return False
    left, right = tokens[index - 1], tokens[index + 1]
    return left.text.endswith("-") or (left.case is not None and left.case == right.case)


def _counted_by(figure: Figure, tokens: Sequence[Token]) -> list[Token]:
    """The words of what a figure counts: those behind it up to a mark or a finite verb."""
    found: list[Token] = []
    for token in tokens:
        if token.start < figure.end:
            continue
        if not token.is_word or (token.tense is not None and token.case is None):
            break
        found.append(token)
    return found


def _outside_brackets(tokens: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.text == "("
        if not depth:
            found.append(token)
        depth -= token.text == ")" and depth > 0
    return found


def _closed(text: str) -> str:
    """A text without brackets that do not close."""
    return text if text.count("(") == text.count(")") else text.replace("(", "").replace(")", "")


def _joins(token: Token) -> bool:
    """Whether a word at an edge says nothing of its own: a mark, "ja", "vain"."""
    is_mark = not token.is_word and not any(map(str.isalnum, token.text))
    return is_mark or token.pos == "CCONJ" or _is(token, _EDGE)


def _is_content(token: Token) -> bool:
    return token.is_word and token.pos in ("NOUN", "PROPN", "ADJ", "VERB", "X") and not is_auxiliary(token)


def _is_noun(token: Token) -> bool:
    is_nominal = token.pos in ("NOUN", "PROPN") or (token.pos == "ADJ" and token.case == "Gen")
    return is_nominal or (not token.known and token.text[0].isalpha())


def _is_agent(token: Token) -> bool:
    """Whether a participle stands for those who do it: "odottaneista", "vastanneille"."""
    return "Part" in token.tag and token.case not in ("Nom", None)


def _is_question(token: Token) -> bool:
    return _ASKING.stand_in((token,))


def _is_local(token: Token) -> bool:
    return token.case in _LOCAL or token.pos == "ADV"


def _is(token: Token, words: Words) -> bool:
    """Whether a word, as it is read in its sentence, is one of these words."""
    return token.lemma.lower() in _single(words) or token.text.lower() in _single(words)


@cache
def _single(words: Words) -> frozenset[str]:
    return frozenset(words.texts)
