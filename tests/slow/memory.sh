#!/bin/bash
# The memory of extract does not grow with its input: a stream of 200 MB takes what one of 20 MB takes,
# on one thread and on two.
set -eu
cat >"$TMPDIR/peak.py" <<'END'
import itertools, json, resource, subprocess, sys
jobs, size = sys.argv[1], int(sys.argv[2])
texts = ["Shelling killed %d people in Kherson on Monday, police said.",
         "At least %d drones were launched against Odesa overnight; four people were wounded. " * 30,
         "The council met and talked about roads, rents and schools. " * 60]
with subprocess.Popen([*sys.argv[3:], "extract", "-q", "--jobs", jobs, "-"], stdin=subprocess.PIPE,
                      stdout=subprocess.DEVNULL) as tracker:
    for n in itertools.count():
        line = json.dumps({"id": f"n{n}", "published": "2025-11-19", "url": f"https://harbour.example/{n}",
                           "text": texts[n % 3].replace("%d", str(2 + n % 90))}).encode() + b"\n"
        tracker.stdin.write(line)
        size -= len(line)
        if size < 0:
            break
    tracker.stdin.close()
    assert tracker.wait() == 0
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
END
for jobs in 1 2; do
    small=$(python3 "$TMPDIR/peak.py" $jobs 20000000 "$TRACKER")
    large=$(python3 "$TMPDIR/peak.py" $jobs 200000000 "$TRACKER")
    echo "$jobs jobs: $small MB, $large MB"
    [ "$large" -le $((small + 8)) ] || { echo "memory grows with the input"; exit 1; }
done
