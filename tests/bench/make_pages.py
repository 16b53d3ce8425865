#!/usr/bin/env python3
"""Makes pages and feeds to measure with: fixtures/pages and fixtures/feeds again and again, each
time under other addresses.

usage: make_pages.py BYTES OUTDIR

Writes OUTDIR/pages and OUTDIR/feeds, each of BYTES or a little more. The same BYTES give the same
files.
"""
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def moved(content, n):
    """Every address on another host; of UTF-16 too."""
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        content = content.replace("https://".encode(encoding), f"https://n{n}.".encode(encoding))
    return content


def write(fixtures, out, most):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    size = n = 0
    while size < most:
        for path, content in fixtures:
            content = moved(content, n)
            (out / f"{n:05d}-{path.name}").write_bytes(content)
            size += len(content)
        n += 1


def main():
    most, out = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    for kind, suffixes in (("pages", {".html"}), ("feeds", {".xml", ".rdf", ".json"})):
        paths = sorted(p for p in (ROOT / "fixtures" / kind).iterdir() if p.suffix in suffixes)
        write([(p, p.read_bytes()) for p in paths], out / kind, most)


main()
