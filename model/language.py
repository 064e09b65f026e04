"""The spaCy pipeline: notes in, clauses and certain cues out.

A `Doc` never leaves this module; what comes out is plain frozen data with character offsets.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, Span, SpanGroup, Token
from spacy.vocab import Vocab

PATTERNS_FILE = Path(__file__).parent / "patterns" / "cues.jsonl"
CONTEXT_FILE = Path(__file__).parent / "patterns" / "context.json"
CLAUSES, CUES = "clauses", "cues"

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|\w+(?:'\w+)*|\s+|[^\w\s]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " "})
_SURROGATES = re.compile("[\ud800-\udfff]")
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the notes that says one thing, and the patterns that match in it."""

    start: int
    end: int
    text: str
    patterns: tuple[str, ...]


class LinearTokenizer:
    """Words, numbers and single signs, in time linear in the text.

    spaCy's own tokenizer is quadratic on long runs without spaces.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize; the `Doc`'s text equals `text`."""
        words: list[str] = []
        spaces: list[bool] = []
        for word in _TOKEN.findall(text):
            if word[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                word = word[1:]
            if word:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@Language.factory(
    "clauses",
    assigns=["doc.spans"],
    default_config={"stops": [], "soft": [], "least": 5},
)
class ClauseSplitter:
    """Cut a note into clauses: at stops and line ends, and at commas and "but" in longer ones."""

    def __init__(
        self, nlp: Language, name: str, stops: list[str], soft: list[str], least: int
    ) -> None:
        self.stops, self.soft, self.least = frozenset(stops), frozenset(soft), least

    def __call__(self, doc: Doc) -> Doc:
        """Put the clauses into `doc.spans`."""
        spans: list[Span] = []
        start = 0
        for token in doc:
            if self._ends_clause(token, start):
                spans.append(doc[start : token.i + 1])
                start = token.i + 1
        spans.append(doc[start:])
        doc.spans[CLAUSES] = SpanGroup(doc, spans=[s for s in map(_trim, spans) if len(s)])
        return doc

    def _ends_clause(self, token: Token, start: int) -> bool:
        """Whether a clause that began at `start` is complete with `token`."""
        if token.text in self.stops or "\n" in token.text:
            return True
        if token.i + 1 - start < self.least or token.i + 1 >= len(token.doc):
            return False
        return token.text in {",", ")"} or token.doc[token.i + 1].lower_ in self.soft


def _trim(span: Span) -> Span:
    """Leave out blanks and signs at both ends."""
    start, end = span.start, span.end
    while start < end and not span.doc[start].text[0].isalnum():
        start += 1
    while end > start and not span.doc[end - 1].text[-1].isalnum():
        end -= 1
    return span.doc[start:end]


@Language.factory(
    "cue_context", requires=["doc.spans"], default_config={"negations": [], "reach": 4}
)
class CueContext:
    """Drop the pattern matches that a negation in front of them, in their clause, turns round."""

    def __init__(self, nlp: Language, name: str, negations: list[str], reach: int) -> None:
        self.negations, self.reach = frozenset(negations), reach

    def __call__(self, doc: Doc) -> Doc:
        """Keep the matches that are meant."""
        starts = {
            i: clause.start
            for clause in doc.spans[CLAUSES]
            for i in range(clause.start, clause.end)
        }
        kept = [cue for cue in doc.spans.get(CUES, []) if not self._is_negated(cue, starts)]
        doc.spans[CUES] = SpanGroup(doc, spans=kept)
        return doc

    def _is_negated(self, cue: Span, clause_starts: dict[int, int]) -> bool:
        first = max(clause_starts.get(cue.start, cue.start), cue.start - self.reach)
        return any(token.lower_ in self.negations for token in cue.doc[first : cue.start])


@cache
def load_patterns() -> list[dict[str, Any]]:
    """The certain wordings: one rule a line, each with its id, label, pattern and example."""
    lines = PATTERNS_FILE.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@cache
def make_nlp() -> Language:
    """Build the pipeline, once per process."""
    context = json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))
    nlp = spacy.blank("en")
    nlp.tokenizer = LinearTokenizer(nlp.vocab)
    nlp.add_pipe("clauses", config=context["clauses"])
    ruler = nlp.add_pipe(
        "span_ruler",
        config={"spans_key": CUES, "phrase_matcher_attr": "LOWER", "validate": True},
    )
    cast(SpanRuler, ruler).add_patterns(load_patterns())
    nlp.add_pipe("cue_context", config=context["cue_context"])
    return nlp


def normalise(notes: str) -> str:
    """Plain quotes and no lone surrogates, one character for one, so that offsets stay true."""
    return _SURROGATES.sub("\ufffd", notes).translate(_PLAIN)


def read_clauses(notes: str) -> tuple[Clause, ...]:
    """The clauses of `notes` in order; empty for blank notes.

    One pipeline per process and a lock around it: a memory zone keeps the vocabulary from growing,
    and two threads in zones of one pipeline crash.
    """
    nlp = make_nlp()
    with _lock, nlp.memory_zone():
        doc = nlp(normalise(notes))
        return tuple(_plain(clause, doc) for clause in doc.spans[CLAUSES])


def _plain(clause: Span, doc: Doc) -> Clause:
    start, end = clause.start_char, clause.end_char
    patterns = tuple(
        cue.label_ for cue in doc.spans[CUES] if cue.start_char < end and start < cue.end_char
    )
    return Clause(start, end, clause.text, patterns)
