#!/usr/bin/env python3
"""Reports of strikes with known truth, from a seed: rising tolls, wire copies, corrections, waves.

    make_reports.py SEED N_STRIKES >reports.jsonl

The same seed gives the same bytes. Every line has an id, a URL and a publication time of its own, so
that no order of arrival decides anything.
"""
import json
import random
import sys

CITIES = {
    "Ukraine": ["Ternopil", "Kharkiv", "Kherson", "Odesa", "Sumy", "Dnipro", "Zaporizhzhia", "Poltava"],
    "Israel": ["Haifa", "Ashkelon"],
    "Nigeria": ["Maiduguri", "Jos"],
}
OUTLETS = ["Northern Wire", "Harbour Post", "Kyiv Chronicle", "Galicia Today", "Levant Courier"]
VOICES = ["police said", "the governor said", "rescuers said", "the mayor said", "the interior ministry said"]
WEAPONS = ["A missile strike", "A drone attack", "Shelling", "An air strike"]
MONTHS = ["", "January", "February", "March"]


def main():
    rng = random.Random(int(sys.argv[1]))
    number = 0

    def put(day, month, hour, outlet, text):
        nonlocal number
        number += 1
        print(json.dumps({
            "id": f"r{number}", "url": f"https://example.org/{sys.argv[1]}/{number}", "outlet": outlet,
            "published": f"2025-{month:02d}-{day:02d}T{hour:02d}:{number % 60:02d}:{number // 60 % 60:02d}Z",
            "text": text}))
        return number

    for _ in range(int(sys.argv[2])):
        country = rng.choice(list(CITIES) + ["Ukraine"] * 3)
        city = rng.choice(CITIES[country])
        day, month = rng.randint(1, 24), rng.randint(1, 3)
        when = f"on {day} {MONTHS[month]}"
        weapon = rng.choice(WEAPONS)
        killed, wounded = rng.randint(1, 30), rng.randint(0, 60)
        for step in range(rng.randint(1, 4)):
            outlet, voice = rng.choice(OUTLETS), rng.choice(VOICES)
            text = f"{weapon} killed {killed} people in {city} {when}, {voice}."
            if wounded and rng.random() < 0.7:
                text += f" Another {wounded} were wounded."
            put(day + step // 2, month, 6 + 4 * step, outlet, text)
            if rng.random() < 0.3:  # a wire copy
                put(day + step // 2, month, 8 + 4 * step, rng.choice(OUTLETS), text)
            killed += rng.choice([0, 1, 2, 5])
        if country == "Ukraine" and rng.random() < 0.3:  # the wave of that night
            launched = rng.randint(50, 500)
            put(day, month, 7, "Northern Wire",
                f"Russia launched {launched} drones and {rng.randint(3, 50)} missiles at Ukraine overnight on {day} "
                f"{MONTHS[month]}, Ukraine's air force said. It said {launched - rng.randint(0, 40)} drones were shot down.")


main()
