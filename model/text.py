"""The letters and words of a text, before anything is known of them; offsets stay true."""

import re

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " "})
_SIGNS = re.compile(r"[\\`*&{}\[\]<>()#+!|~$:-]|(?<!\w)_|_(?!\w)")  # within a word "_" is plain
_SURROGATES = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|(?<!\w)[^\W\d](?:\.[^\W\d])+(?!\w)|\w+(?:'\w+)*|\s+|[^\w\s]")


def normalise(notes: str) -> str:
    """Plain quotes and no lone surrogates, one character for one."""
    return _SURROGATES.sub("\ufffd", notes).translate(_PLAIN)


def lower(text: str) -> str:
    """Lower case, one character for one."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def split_words(text: str) -> list[str]:
    """Words ("a.m" is one), numbers, single signs, the blanks between; joined they are `text`."""
    return _WORD.findall(text)


def is_blank(word: str) -> bool:
    """Whether it is only the space between two words of a line."""
    return word.isspace() and "\n" not in word


def escape_markdown(text: str) -> str:
    """Text shown as it stands, in one line: no image is fetched, no table cell breaks."""
    return _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
