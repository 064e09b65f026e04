"""Try bad inputs, and write what each got to `docs/bad-input.md`: `python -m bench.bad_input`.

A test makes the same table again and compares.
"""

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet

import score
import train
from bench import text_of
from model.batch import Options, score_chunk
from model.judging.advisor import Advisor
from model.store import TRAINED
from ui.marks import render_notes

DOC = Path(__file__).parents[1] / "docs" / "bad-input.md"
TODAY = date(2026, 11, 24)
NOTE = "They said by Friday. It is the Tuesday after. "
HEAD = """# Bad input: what was tried, what it got

Made by `python -m bench.bad_input`; a test makes it again and compares. Each answer is the right
one, or one clear line; one that is neither is marked **fault**, and is to be mended. After every
refusal the output is not there, and what was there before is as it was. "scored" means: every row
came out, each matched phrase is a piece of its notes, letter for letter, and the page's marked
notes without their tags are the notes.
"""

# fmt: off
NOTES = [
    ("empty",                                   ""),
    ("blanks and line ends only",               " \t\r\n\u00a0\u2003 "),
    ("NUL inside",                              "They said\0 by Friday.\0"),
    ("lone surrogates",                         "They said \ud83d by Friday \udcff."),
    ("bidi controls",                           "They said \u202eyadirF yb\u202c. \u2066by Friday\u2069"),
    ("emoji, also joined and with skin tones",  "Rang 📞👩🏽‍💻 by Friday 🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
    ("combining marks, many on one letter",     "b" + "\u0301" * 500 + "y Friday"),
    ("invisible characters in words",           "They sa\u200bid by Fri\u00adday"),
    ("other scripts",                           "今日は面接でした。 Они сказали в пятницу. اتصل يوم الجمعة"),
    ("German",                                  "Das Gespräch war am Dienstag. Sie wollten sich bis Freitag melden."),
    ("gibberish",                               "asdf qwer zxcv jkl poiu mnbv"),
    ("full-width and mathematical letters",     "ｂｙ Ｆｒｉｄａｙ, 𝐛𝐲 𝐅𝐫𝐢𝐝𝐚𝐲"),
    ("HTML and script",                         "<script>alert(1)</script> by Friday <img src=x onerror=alert(1)> &amp; </mark>"),
    ("Markdown and LaTeX",                      "# by Friday\n**they** [said](javascript:x) `so` $\\frac{1}{2}$"),
    ("a spreadsheet formula",                   "=HYPERLINK(\"http://x\",\"by Friday\")"),
    ("days that are none",                      "by 31 February, 2026-13-45, the 99th, in 99999999999 weeks, 0 days ago"),
    ("one word of 100,000 letters",             "a" * 100_000),
    ("100,000 signs without a letter",          "?!" * 50_000),
    ("a million characters",                    (NOTE * 25_000)[:1_000_000]),
    ("one character more",                      (NOTE * 25_000)[:1_000_000] + "x"),
]
"""Notes, each scored as the one row of a table."""

ROW = NOTE.encode()
FILES: list[tuple[str, str, bytes]] = [
    # what it is                          file         content
    ("no byte at all",                    "t.csv",     b""),
    ("a header and no row",               "t.csv",     b"notes\n"),
    ("byte order mark",                   "t.csv",     b"\xef\xbb\xbfnotes\n" + ROW),
    ("UTF-16",                            "t.csv",     "notes\nby Friday\n".encode("utf-16")),
    ("Windows-1252",                      "t.csv",     "notes\ncaf\xe9 by Friday\n".encode("cp1252")),
    ("semicolons between columns",        "t.csv",     b"id;notes\n1;" + ROW),
    ("tabs in a .csv",                    "t.csv",     b"id\tnotes\n1\t" + ROW),
    ("CRLF inside quotes",                "t.csv",     b'notes\r\n"by\r\nFriday"\r\n'),
    ("a quote that never ends",           "t.csv",     b'notes\n"by Friday\nmore\n'),
    ("a quote in the middle of a cell",   "t.csv",     b'notes\n"by" Friday\n'),
    ("NUL inside",                        "t.csv",     b"notes\nby\0 Friday\n"),
    ("two columns of one name",           "t.csv",     b"notes,notes\na,b\n"),
    ("no column for the notes",           "t.csv",     b"text\nby Friday\n"),
    ("an extra comma",                    "t.csv",     b"notes\nby Friday, they said\n"),
    ("a cell too few",                    "t.csv",     b"id,notes\n1\n"),
    ("a field of 10 MB",                  "t.csv",     b'notes\n"' + b"a " * 5_000_000 + b'"\n' + ROW),
    ("a field of 21 MB",                  "t.csv",     b'notes\n"' + b"a " * 10_500_000 + b'"\n'),
    ("dates that are none",               "t.csv",     b"notes,as_of\nby Friday,2026-02-30\nby Friday,soon\n"),
    ("days outside the calendar",         "t.csv",     b"notes,as_of\nby Friday,0001-01-01\n"),
    ("an interview after the day of reading", "t.csv", b"notes,as_of,interview_date\nby Friday,2026-11-24,2026-11-25\n"),
    ("a row of notes for a header",       "t.csv",     b"They said by Friday and my boss Ann is ill\n" + ROW),
    ("columns with our names",            "t.csv",     b"notes,error,confident\nby Friday,mine,very\n"),
    ("an unknown kind of file",           "t.xlsx",    b"PK\x03\x04"),
    ("a spreadsheet renamed to .csv",     "t.csv",     b"PK\x03\x04\x00\x01"),
    ("no Parquet inside a .parquet",      "t.parquet", b"PK\x03\x04"),
]
"""Tables, each scored as a file."""

TRAINING: list[tuple[str, bytes]] = [
    ("no such label, empty notes",        b"notes,label\nok,call\nok,perhaps\n,wait\n"),
    ("a date that is none",               b"notes,label,as_of\nok,call,2026-02-30\n"),
    ("no column label",                   b"notes\nok\n"),
    ("cues that do not stand in the notes", b'notes,label,cues\nok,call,"[{""label"":""window"",""text"":""no""}]"\n'),
    ("one label only",                    b"notes,label\n" + b"".join(b"%d,call\n" % i for i in range(30))),
    ("notes and label swapped",           b"label,notes\nThey said by Friday and my boss Ann is ill,call\n"),
    ("rows of nine pairs",                b"notes,label,pair\n" + b"".join(b"a,call,%d\nb,wait,%d\n" % (i, i) for i in range(9))),
    ("an extra comma",                    b"notes,label\nok,then,call\n"),
    ("Windows-1252",                      b"notes,label\ncaf\xe9,call\n"),
    ("a quote that never ends",           b'notes,label\nok,call\n"ok,call\nok,wait\n'),
    ("a quote in the header that never ends", b'notes,"label\nok,call\n'),
    ("two columns of one name",           b"notes,label,label\nok,call,wait\n"),
    ("no byte at all",                    b""),
]
"""Scenarios, each given to `train.py`."""
# fmt: on


def try_note(text: str, advisor: Advisor) -> str:
    """What the row of a note gets."""
    options = Options(as_of=TODAY, today=TODAY)
    (row,) = score_chunk([{"notes": text}], options, advisor)
    if row["error"]:
        return f"error: {row['error']}"
    advice = advisor.advise(text, as_of=TODAY)
    evidence = advice.evidence
    assert all(text[each.start : each.end] == each.text for each in evidence)
    assert text_of(render_notes(text, evidence)) == text
    if advice.is_english:
        return "scored"
    assert row["confident"] == "false"
    return f"scored, not confident: {advice.next_step}"


def mark_fault(answer: str) -> str:
    """The answer, marked where it is not the user's to mend."""
    return f"**fault** {answer}" if "please report it" in answer else answer


def run(main: Callable[[list[str]], int], arguments: list[str], folder: Path) -> str:
    """Exit code and standard error of a script, without the folder's name."""
    error = io.StringIO()
    with redirect_stderr(error), redirect_stdout(io.StringIO()):
        code = main(arguments)
    said = error.getvalue().replace(f"{folder}{os.sep}", "").replace(str(folder), "folder").strip()
    assert "Traceback" not in said
    assert said.count("\n") <= (code != 2)
    return f"{code}: {said}" if said else f"{code}: scored"


def try_score(source: Path, model: Path, output: str = "out.csv", *more: str) -> str:
    """What `score.py` says of an input, and that a refusal leaves nothing behind."""
    folder = source.parent
    before = sorted(path.name for path in folder.iterdir())
    arguments = [str(source), "-o", str(folder / output), "--jobs", "1", "--model", str(model)]
    said = run(score.main, [*arguments, *more], folder)
    if said.startswith("2") and "--resume" not in said:
        assert sorted(path.name for path in folder.iterdir()) == before
    return said


def try_full_disk(source: Path, model: Path) -> str:
    """What `score.py` says where standard output is full."""
    command = [sys.executable, "score.py", str(source), "--jobs", "1", "--model", str(model)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=DOC.parents[1], stdout=full, stderr=subprocess.PIPE)
    last = done.stderr.decode().splitlines()[-1]
    fault = "**fault** a traceback that ends in " if b"Traceback" in done.stderr else ""
    return f"{fault}{done.returncode}: {last}"


def try_pipe(content: bytes, folder: Path, model: Path) -> str:
    """What `score.py` says of a table that comes through a pipe."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(content)
    before = sys.stdin
    with os.fdopen(reading, encoding="utf-8") as sys.stdin:
        said = run(
            score.main, ["-", "-o", str(folder / "piped.csv"), "--model", str(model)], folder
        )
    sys.stdin = before
    return said


def try_no_room(source: Path, model: Path) -> str:
    """What `score.py` says where its output may not grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, before[1]))
    try:
        return try_score(source, model, "big.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def try_places(folder: Path, model: Path) -> Iterator[tuple[str, str]]:
    """Inputs and outputs in odd places."""
    source = folder / "t.csv"
    source.write_bytes(b"notes\n" + ROW)
    yield "no such input", try_score(folder / "none.csv", model)
    (folder / "d.csv").mkdir()
    os.mkfifo(folder / "p.csv")
    yield "a named pipe as input", try_score(folder / "p.csv", model)
    yield "standard input, a pipe", try_pipe(b"notes\n" + ROW, folder, model)
    yield "standard input, closed at once", try_pipe(b"", folder, model)
    (folder / "mem.csv").symlink_to("/proc/self/mem")
    yield "a disk that fails on reading", try_score(folder / "mem.csv", model)
    yield "a directory as input", try_score(folder / "d.csv", model)
    yield "a directory as output", try_score(source, model, "d.csv")
    yield "the same with --overwrite", try_score(source, model, "d.csv", "--overwrite")
    yield "an output in a folder that is not there", try_score(source, model, "no/out.csv")
    yield "an output of an unknown kind", try_score(source, model, "out.xlsx")
    yield "an output in a folder that takes none", try_score(source, model, "/proc/out.csv")
    yield "an output that finds no room", try_no_room(source, model)
    yield "output equal to input", try_score(source, model, "t.csv", "--overwrite")
    yield "standard output on a full disk", try_full_disk(source, model)
    (folder / "link.csv").symlink_to(source)
    yield "output a link to the input", try_score(source, model, "link.csv", "--overwrite")
    (folder / "mine.csv").write_text("mine")
    yield "an output that is there", try_score(source, model, "mine.csv")
    assert (folder / "mine.csv").read_text() == "mine"
    assert source.read_bytes() == b"notes\n" + ROW


def try_parquet(folder: Path, model: Path) -> Iterator[tuple[str, str]]:
    """Parquet files with other types than text."""
    tables = {
        "notes are whole numbers": {"notes": [1, None]},
        "notes are lists": {"notes": [["They said by Friday."]]},
        "notes are bytes": {"notes": [b"They said by Friday."]},
        "dates are whole numbers": {"notes": ["by Friday"], "as_of": [20261124]},
        "dates are dates": {"notes": ["by Friday"], "as_of": [TODAY]},
        "no column for the notes": {"text": ["by Friday"]},
        "zero rows": {"notes": pyarrow.array([], pyarrow.string())},
    }
    for index, (name, columns) in enumerate(tables.items()):
        source = folder / f"t{index}.parquet"
        pyarrow.parquet.write_table(pyarrow.table(columns), source)
        yield name, try_score(source, model, f"out{index}.parquet").replace(f"t{index}.", "t.")


def try_training(name: str, content: bytes) -> tuple[str, str]:
    """What `train.py` says of scenarios, and that it wrote nothing."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place, "s.csv")
        data.write_bytes(content)
        said = run(train.main, ["--data", str(data), "--out", str(Path(place, "out"))], Path(place))
        assert [path.name for path in Path(place).iterdir()] == ["s.csv"]
    return name, said


def try_file(name: str, content: bytes, model: Path) -> str:
    """What `score.py` says of a file."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, name)
        source.write_bytes(content)
        return try_score(source, model)


def section(title: str, rows: Iterator[tuple[str, str]]) -> str:
    """A Markdown table."""
    lines = [f"| {name} | {mark_fault(answer)} |" for name, answer in rows]
    return "\n".join([f"## {title}", "", "| input | answer |", "| --- | --- |", *lines, ""])


def make_document(advisor: Advisor, model: Path) -> str:
    """The whole document; an `AssertionError` where an answer is not as it must be."""
    with tempfile.TemporaryDirectory() as places, tempfile.TemporaryDirectory() as parquet:
        parts = [
            HEAD,
            section("Notes", ((name, try_note(text, advisor)) for name, text in NOTES)),
            section("Files for score.py (exit code: line)", (
                (name, try_file(file, content, model)) for name, file, content in FILES
            )),
            section("Places", try_places(Path(places), model)),
            section("Parquet", try_parquet(Path(parquet), model)),
            section("Scenarios for train.py", (try_training(*each) for each in TRAINING)),
        ]  # fmt: skip
    return "\n".join(parts)


def main() -> None:
    """Write the document."""
    from model import load

    parser = argparse.ArgumentParser(prog="bench.bad_input", description=__doc__)
    parser.add_argument("--model", type=Path, default=TRAINED, metavar="DIR")
    args = parser.parse_args()
    DOC.write_text(make_document(load(args.model), args.model), encoding="utf-8")
    print(f"written: {DOC.name}")


if __name__ == "__main__":
    main()
