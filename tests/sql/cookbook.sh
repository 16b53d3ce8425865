#!/bin/bash
# The questions of sql/cookbook.md give the answers that stand below them, as the reader role.
#
#   UPDATE=1    writes the answers into the page instead
set -eu
"$TRACKER" init >/dev/null
"$TRACKER" ingest -q fixtures/cookbook/1-until-friday.jsonl >/dev/null
sleep 0.01
friday=$(psql -XAtqc "SELECT now()")
sleep 0.01
"$TRACKER" ingest -q fixtures/cookbook/2-since-friday.jsonl >/dev/null
psql -Xqc "DROP ROLE IF EXISTS cookbook_reader" -c "CREATE ROLE cookbook_reader LOGIN IN ROLE tracker_reader" 2>/dev/null
cat >"$TMPDIR/run.py" <<'END'
import re, subprocess, sys, os
page, friday, update = sys.argv[1], sys.argv[2], sys.argv[3] == "1"
text = open(page, encoding="utf-8").read()
psql = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-P", "pager=off", "-v", "place=Ternopil", "-v", "country=UA",
    "-v", "from=2025-11-17", "-v", "to=2025-11-23", "-v", "friday=" + friday]
env = dict(os.environ, PGUSER="cookbook_reader")
wrong = questions = 0
def answer(m):
    global wrong, questions
    questions += 1
    done = subprocess.run(psql, input=m.group(1), capture_output=True, text=True, env=env)
    got = "\n".join(l.rstrip() for l in done.stdout.rstrip().split("\n"))
    if done.returncode or "|" not in got and "rows)" not in got or "(0 rows)" in got:
        print(f"question {questions}: {done.stderr or got}")
        wrong += 1
    block = "```sql\n" + m.group(1) + "```\n\n```text\n" + got + "\n```\n"
    if not update and block != m.group(0):
        print(f"question {questions}: the answer is now\n{got}")
        wrong += 1
    return block
text = re.sub(r"```sql\n(.*?)```\n(?:\n```text\n.*?\n```\n)?", answer, text, flags=re.S)
if update:
    open(page, "w", encoding="utf-8").write(text)
if questions != 12:
    print(f"{questions} questions instead of 12")
    wrong += 1
sys.exit(wrong > 0)
END
python3 "$TMPDIR/run.py" sql/cookbook.md "$friday" "${UPDATE-0}"
psql -Xqc "DROP ROLE cookbook_reader"
