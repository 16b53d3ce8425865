#!/usr/bin/env python3
"""Compares what `tracker extract` prints with fixtures/expected.

usage: check_expected.py EXPECTED_DIR EXTRACTED.jsonl

Prints every difference as "ID: event N: ..." and exits 1 when there is one. The shape of an
expected line is told in fixtures/README.
"""
import json
import pathlib
import re
import sys
import unicodedata

TEXTS = ("place", "country", "adm1", "local_date", "scope", "claimant")
CORE = ("killed", "wounded", "drones", "missiles")
BOUNDS = ("low", "best", "high")


def fold(text):
    text = unicodedata.normalize("NFKD", str(text)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", text.replace("'", "").replace("’", "")))


def holds(whole, part):
    """Whether `part` is a run of whole words of `whole`."""
    return f" {part} " in f" {whole} "


def alike(want, got):
    a, b = fold(want), fold(got)
    return bool(a and b) and (holds(a, b) or holds(b, a))


def is_count(value):
    return isinstance(value, dict) and any(k in value for k in BOUNDS)


def value_of(count):
    return next((count[k] for k in BOUNDS[1:2] + BOUNDS[:1] + BOUNDS[2:] if count.get(k) is not None),
                None)


def show(count):
    return "nothing" if count is None else "/".join(
        "open" if count.get(k) is None else str(count[k]) for k in BOUNDS)


def count_fits(want, got):
    if want == "any":
        return True
    if want is None:
        return got is None
    if got is None:
        return False
    if want == "vague":
        return got.get("best") is None
    if isinstance(want, list):
        return [got.get(k) for k in BOUNDS] == want
    return value_of(got) == want


def claimants(event):
    claims = event.get("claims") or []
    people = [c for c in claims if c.get("field") in ("killed", "wounded", "missing")]
    return [c["claimant"] for c in people or claims if c.get("claimant")]


def texts_of(event, key):
    """What the event says for an expected text; a place has two names."""
    place = event.get("place") or {}
    found = {
        "place": [place.get("name"), place.get("written")],
        "country": [place.get("country")],
        "adm1": [place.get("adm1")],
        "local_date": [(event.get("when") or {}).get("local_date")],
        "scope": [event.get("scope")],
        "claimant": claimants(event),
    }[key]
    return [t for t in found if t is not None]


def text_fits(key, want, got):
    if want is None:
        return not got
    wanted = want if isinstance(want, list) else [want]
    if key in ("country", "local_date", "scope"):
        return any(w in got for w in wanted)
    return any(alike(w, g) for w in wanted for g in got)


def event_differences(want, got):
    for key in TEXTS:
        if key in want and not text_fits(key, want[key], texts_of(got, key)):
            yield f"{key}: expected {want[key]!r}, got {texts_of(got, key)!r}"
    for key in [k for k in want if k not in TEXTS] + [k for k in CORE if k not in want]:
        count = got.get(key)
        if not count_fits(want.get(key), count):
            yield f"{key}: expected {want.get(key, 'nothing')!r}, got {show(count)}"


def extra_differences(event, background):
    """An event nobody expected may only repeat numbers of the background."""
    for key, count in event.items():
        if is_count(count) and value_of(count) not in background.get(key, []):
            place = (event.get("place") or {}).get("written")
            yield f"{key} {show(count)} at {place!r}: not in the report's strikes"


def report_differences(want, got):
    if got.get("error"):
        yield f"rejected: {got['error']}"
    events = got.get("events") or []
    for i, event in enumerate(want["events"]):
        if i >= len(events):
            yield f"event {i + 1} ({event.get('place')}) is missing"
            continue
        for difference in event_differences(event, events[i]):
            yield f"event {i + 1}: {difference}"
    for i in range(len(want["events"]), len(events)):
        for difference in extra_differences(events[i], want.get("background", {})):
            yield f"event {i + 1}: {difference}"


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    got = {line["id"]: line for line in read_lines(sys.argv[2])}
    bad = right = 0
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.jsonl")):
        for want in read_lines(path):
            line = got.pop(want["id"], None)
            found = ["no such report"] if line is None else list(report_differences(want, line))
            for difference in found:
                print(f"{path.stem}: {want['id']}: {difference}")
            bad += len(found)
            right += not found
    for name in got:
        print(f"{name}: has no expected result")
    print(f"{right} reports as expected, {bad + len(got)} differences")
    sys.exit(1 if bad or got else 0)


if __name__ == "__main__":
    main()
