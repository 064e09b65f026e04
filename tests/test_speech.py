"""How something is said: quoted, reported, on a condition, of a time before, more than once."""

from collections.abc import Callable

import pytest

from model.reading.speech import (
    is_addressed,
    is_condition,
    is_earlier_told,
    is_elsewhere,
    is_following,
    is_from_that,
    is_granted,
    is_lasting,
    is_passing,
    is_pluperfect,
    is_pointed_at,
    is_present,
    is_quoted,
    is_repeated,
    is_reported,
    is_unreached,
)

# fmt: off
LASTING = [
    ("That was ages ago",                     True),
    ("seen it readvertised since",            True),
    ("the ad is back up again",               True),
    ("posted a thank-you card",               False),
    ("the posting says HR decides",           False),
    ("it lasted a long hour",                 False),
    ("haven't heard a thing",                 False),
    ("",                                      False),
]
PLUPERFECT = [
    ("She had told me to ring",                   True),
    ("He'd already promised it",                  True),
    ("They had never come back to me",            True),
    ("They'd come back to me",                    False),                   # "would", more likely
    ("They'd need a week",                        False),
    ("They had a week",                           False),
    ("I had ten minutes with her",                False),
    ("They'd only seventeen minutes",             False),
    ("She had children to fetch",                 False),
    ("He had fallen ill",                         True),
    ("It had been a week",                        True),
    ("Had they told me?",                         False),
    ("",                                          False),
]
EARLIER = [
    ("before that it was the 18th",               True),
    ("it was originally the 18th",                True),
    ("before the 18th",                           False),
]
REPEATED = [
    ("I've rung her a few times",                 True),
    ("sent two polite e-mails about it",          True),
    ("Left 3 voicemails",                         True),
    ("I keep calling HR",                         True),
    ("I rang her at two about the letter",        False),
    ("sent an e-mail this time",                  False),
    ("",                                          False),
]
ELSEWHERE = [
    ("I turned down the other offer on Monday",       True),
    ("said no to another job yesterday",              True),
    ("the other job fell through",                    True),
    ("my other interview said no",                    True),
    ("Had another offer, but I turned it down",       True),
    ("I had another offer. They turned me down",      False),
    ("I took another offer and wrote to decline",     False),
    ("I accepted another offer",                      False),  # and is out here
    ("they gave it to another candidate",             False),
    ("turned me down for another man",                False),
    ("",                                              False),
]
UNREACHED = [
    ("I rang yesterday but nobody picked up. They'd said Monday.",        True),
    ("Phoned them. It just rang and rang.",                               True),
    ("Rang twice, it rings out and there's no machine.",                  True),
    ("I called, got cold feet and hung up before the beep",               True),
    ("I rang, it rang out, I left no message",                            True),
    ("Rang Monday; nobody picked up, so I left a message with the porter", False),
    ("Rang Monday, nobody picked up. Left a voicemail.",                  False),
    ("I rang and she said Friday. Then we hung up.",                      False),
    ("I emailed on Monday. Rang today, nobody picked up.",                False),  # the e-mail did not
    ("I called on Tuesday, no answer.",                                   False),  # perhaps to what was left
    ("I rang on Monday. Nothing since. Then the line was engaged.",       False),  # told too late
    ("",                                                                  False),
]
# A star stands before what is asked about.
SAID = [
    (is_quoted,    "He wrote 'we will ring *tomorrow'",        True),
    (is_quoted,    "'Thanks', he wrote. I go *tomorrow",       False),      # the quotation is closed
    (is_quoted,    "He's off, I go *tomorrow",                 False),      # an apostrophe opens none
    (is_quoted,    "*tomorrow",                                False),
    (is_addressed, "great to meet you *yesterday",             True),
    (is_addressed, "Your talk was good. *yesterday",           False),      # another sentence
    (is_addressed, "I met the youngest *yesterday",            False),
    (is_reported,  "She said they would ring *tomorrow",       True),
    (is_reported,  "they'll ring *tomorrow",                   True),
    (is_reported,  "They said a week, that is *tomorrow",      False),      # the writer's own day
    (is_reported,  "They said a week. I go *tomorrow",         False),      # another sentence
    (is_reported,  "I'll know *tomorrow",                      False),
    (is_reported,  "*tomorrow",                                False),
    (is_condition, "Ring me if you've heard nothing *by noon", True),
    (is_condition, "In case nothing comes *by Friday",         True),
    (is_condition, "If you hear nothing, ring *on Friday",     False),     # the if is over
    (is_condition, "If you hear nothing, give me a bell *on Friday", False),
    (is_condition, "If he doesn't give me a ring *by Friday",  True),
    (is_condition, "If no word comes ring me *on Friday",      False),
    (is_condition, "If there is no news ring Anna *on Friday", False),
    (is_condition, "If they don't call I may call *on Friday", False),
    (is_condition, "If there is no call *by Friday",           True),
    (is_condition, "If I don't call you *by Friday",           True),
    (is_passing,   "once the 14th* has passed",                True),
    (is_passing,   "the 14th* has no date",                    False),
    (is_following, "the Monday* after",                        True),
    (is_following, "the Monday*, after lunch",                 False),
    (is_from_that, "within a week* of that",                   True),
    (is_from_that, "within a week* of the fair",               False),
    (is_granted,   "give us *till Friday",                     True),
    (is_granted,   "give us a ring *on Friday",                False),
    (is_pointed_at, "By then. That *tomorrow was a lie",       True),
    (is_pointed_at, "I know that *tomorrow they meet",         False),
    (is_present,   "after the fair, which is *Monday",         True),
    (is_present,   "the fair's till *Monday",                  True),
    (is_present,   "they will ring *Monday",                   False),
    (is_present,   "it is in Bath on *Monday",                 False),
    (is_condition, "If so, good. Ring *on Friday",             False),
    (is_condition, "*on Friday",                               False),
]
# fmt: on


OF_PIECES = [
    (asks, *row)
    for asks, rows in (
        (is_lasting, LASTING),
        (is_pluperfect, PLUPERFECT),
        (is_earlier_told, EARLIER),
        (is_repeated, REPEATED),
        (is_elsewhere, ELSEWHERE),
    )
    for row in rows
]


@pytest.mark.parametrize(
    ("asks", "text", "expected"),
    OF_PIECES,
    ids=[f"{asks.__name__} {text!r}" for asks, text, _ in OF_PIECES],
)
def test_how_a_piece_of_the_notes_is_said(
    asks: Callable[[str, int, int], bool], text: str, expected: bool
) -> None:
    assert asks(text, 0, len(text)) is expected


@pytest.mark.parametrize(("text", "expected"), UNREACHED, ids=[repr(row[0]) for row in UNREACHED])
def test_a_ring_that_reached_nobody(text: str, expected: bool) -> None:
    clause = text.partition(".")[0]
    assert is_unreached(text, 0, len(clause)) is expected


def test_a_sentence_begins_to_tell_of_an_outcome_at_another_employer() -> None:
    text = "Had another offer, but I turned it down. They took me off the list."
    told = [is_elsewhere(text, text.index(piece), text.index(piece) + 9)
            for piece in ("Had another", "I turned", "They took")]  # fmt: skip
    assert told == [True, True, False]


@pytest.mark.parametrize(
    ("asks", "text", "expected"), SAID, ids=[f"{row[0].__name__} {row[1]}" for row in SAID]
)
def test_how_it_is_said(asks: Callable[[str, int], bool], text: str, expected: bool) -> None:
    start = text.index("*")
    assert asks(text.replace("*", ""), start) is expected
