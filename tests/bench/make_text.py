#!/usr/bin/env python3
"""Makes text of any size to measure with, out of fixtures/reports.

usage: make_text.py [--bytes N] [--seed N] OUTDIR

Writes OUTDIR/text.txt, reports with header lines, each ended by a line that holds a form feed, and
OUTDIR/text.jsonl, the same reports in the same order as JSON lines; both reach N bytes (default
105 million). The same N and seed give the same bytes.

A report is a fixture with other numbers (of the same count of digits, so that a year stays one and
an age stays plausible), other Ukrainian towns, a date moved by whole weeks (so that "on Wednesday"
stays true), and an address of its own. Repeating the fixtures as they are would measure caches.
"""
import argparse
import datetime
import itertools
import json
import pathlib
import random
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOWNS = """Ternopil Kharkiv Kherson Odesa Sumy Zaporizhzhia Chernihiv Poltava Mykolaiv Dnipro Lviv
Vinnytsia Zhytomyr Cherkasy Rivne Lutsk Uzhhorod Chernivtsi Nikopol Kramatorsk Sloviansk Pokrovsk
Izium Kupiansk Konotop Okhtyrka Shostka Pavlohrad Synelnykove Izmail Ochakiv Uman""".split()
# Numbers that stand alone: not the 101 of Kh-101, not 1,200 in two halves, no time, date or decimal.
MONTHS = "Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec"
NUMBER = re.compile(
    rf"(?<![\w.,:$£€/-])[1-9]\d{{0,2}}(?![\w:/%]|[.,-]\d| [ap]\.m| (?:{MONTHS}))")
TOWN = re.compile(r"\b(?:%s)\b" % "|".join(TOWNS))
WEEKS_BACK = 520


def read_fixtures():
    """The fixtures as (header, body) pairs, in the order of their file names."""
    for path in sorted((ROOT / "fixtures/reports").iterdir()):
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            for line in content.splitlines():
                report = json.loads(line)
                yield {k: report[k] for k in ("title", "published", "outlet", "url")}, report["text"]
            continue
        for part in content.split("\f\n"):
            head, body = part.strip().split("\n\n", 1)
            lines = dict(line.split(": ", 1) for line in head.splitlines())
            yield {"title": lines["Title"], "published": lines.get("Date"),
                   "outlet": lines["Outlet"], "url": lines["URL"]}, body


def cut(text):
    """Text in pieces; every odd one is a number or a town to be replaced."""
    return re.split(f"({NUMBER.pattern}|{TOWN.pattern})", text)


def varied(pieces, towns, rng):
    out = list(pieces)
    for i in range(1, len(out), 2):
        old = out[i]
        if old[0].isdigit():
            floor = 10 ** (len(old) - 1)
            out[i] = str(floor + int(rng.random() * 9 * floor))
        else:
            out[i] = towns[old]
    return "".join(out)


def moved(stamp, days):
    if not stamp:
        return None
    day = datetime.date.fromisoformat(stamp[:10]) - datetime.timedelta(days=days)
    return day.isoformat() + stamp[10:]


def make_reports(rng):
    fixtures = [(head, cut(head["title"]), cut(body)) for head, body in read_fixtures()]
    for number in itertools.count(1):
        head, title, body = fixtures[int(rng.random() * len(fixtures))]
        turn = 1 + int(rng.random() * (len(TOWNS) - 1))
        towns = dict(zip(TOWNS, TOWNS[turn:] + TOWNS[:turn]))
        yield {
            "id": f"bench-{number}",
            "url": f"{head['url']}-{number}",
            "title": varied(title, towns, rng),
            "text": varied(body, towns, rng),
            "published": moved(head["published"], 7 * int(rng.random() * WEEKS_BACK)),
            "outlet": head["outlet"],
        }


def as_text(report):
    date = f"Date: {report['published']}\n" if report["published"] else ""
    return (f"Title: {report['title']}\n{date}Outlet: {report['outlet']}\nURL: {report['url']}\n\n"
            f"{report['text']}\n\f\n")


def write(path, size, seed, line_of):
    written = 0
    with open(path, "wb") as out:
        for report in make_reports(random.Random(seed)):
            line = line_of(report).encode()
            out.write(line)
            written += len(line)
            if written >= size:
                return


def main():
    parser = argparse.ArgumentParser(description="Makes text to measure with.")
    parser.add_argument("--bytes", type=int, default=105_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("outdir", type=pathlib.Path)
    options = parser.parse_args()
    options.outdir.mkdir(parents=True, exist_ok=True)
    write(options.outdir / "text.txt", options.bytes, options.seed, as_text)
    write(options.outdir / "text.jsonl", options.bytes, options.seed,
          lambda report: json.dumps(report, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
