"""Whether notes are in English, the one language that the tool reads."""

from collections.abc import Container

from model.reading.note import Note

LEAST_KNOWN = 0.52
"""Of the words of a note, the share that must be known. Of 118 real notes that were never trained
on, the least known has 0.88; of the scenarios, 0.54, and 0.47 for one that is half in Malay; notes
in other languages stay at 0.50 or under, with the help of "me", "no", "in" and "was"."""


def is_english(note: Note, known: Container[str]) -> bool:
    """Whether enough of the words are `known`, those that the model has learned from.

    Times, numbers and signs are no words; a note without words is not held to be foreign.
    """
    words = [word for clause in note.words for word in clause if word[0].isalpha()]
    return sum(word in known for word in words) >= LEAST_KNOWN * len(words)
