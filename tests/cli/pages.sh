#!/bin/bash
# Pages as sites publish them: what they tell is found, and nothing of what stands beside it
# (comments, related stories, captions, other tolls). Texts and pages in other encodings.
set -eu
. tests/cli/expect.bash

# page NAME PLACE KILLED WOUNDED: the one event of the page.
page() {
    run 0 extract "fixtures/pages/$1.html"
    reports 1
    holds "len(r[0]['events']) == 1 and r[0]['events'][0]['place']['name'] == '$2'"
    holds "r[0]['events'][0]['killed']['best'] == $3 and r[0]['events'][0]['wounded']['low'] == $4"
}
page amp Dnipro 4 16
page application Kyiv 8 70
page archive-koi8u Poltava 4 37
page broadcaster Odesa 2 14
page builder Kupiansk 4 9
page comments Nikopol 1 2
page correction Lviv 3 10
page drupal Zaporizhzhia 3 19
page liveblog Ternopil 25 80
page ministry Kramatorsk 3 11
page notebook-utf16 Kramatorsk 2 8
page portal Zaporizhzhia 1 24
page regional-cp1251 Mykolaiv 2 7
page tables Bilopillia 5 12
page wordpress Kharkiv 6 24

# All at once, among them one that is no article.
run 3 extract fixtures/pages/*.html
reports 16
said 'no article on this page'
holds 'sum("error" in x for x in r) == 1'
holds 'all(x["id"].startswith("https://") for x in r if "amp" in x["id"])'

# The "html" of a JSON line; what the line says itself stands.
python3 - "$TMPDIR/in.jsonl" <<'END'
import json, sys
with open(sys.argv[1], "w") as out:
    for keys in ({"id": "a"}, {"id": "b", "published": "2020-01-01", "url": "https://x.example/1"}):
        keys["html"] = open("fixtures/pages/wordpress.html").read()
        print(json.dumps(keys), file=out)
    print(json.dumps({"id": "c", "html": "<p>Two people were killed in Sumy on Monday."}), file=out)
    print(json.dumps({"id": "d", "html": "<nav>Sport</nav>"}), file=out)
END
run 3 extract "$TMPDIR/in.jsonl"
reports 4
holds '[x["id"] for x in r] == list("abcd")'
holds '[x["events"][0]["killed"]["best"] for x in r[:3]] == [6, 6, 2] and r[3]["events"] == []'
holds '[x["events"][0]["when"]["local_date"] for x in r[:2]] == ["2025-03-18", "2019-12-31"]'
said 'no article in "html"'

# Text and JSON lines that are not in UTF-8.
printf 'Date: 2025-02-12\n\nУ Миколаєві загинули двоє людей, сімох поранено.\n\f\nУ Сумах загинув чоловік.\n' >"$TMPDIR/uk.txt"
printf '{"id": "a", "text": "Two people were killed in Kherson on Monday, said the mayor."}\n' >"$TMPDIR/en.jsonl"
for charset in UTF-8 UTF-16 UTF-16LE UTF-16BE CP1251 KOI8-U; do
    iconv -f UTF-8 -t "$charset" "$TMPDIR/uk.txt" >"$TMPDIR/other.txt"
    run 0 extract "$TMPDIR/other.txt"
    reports 2
    holds 'r[0]["events"][0]["killed"]["best"] == 2 and r[1]["events"][0]["killed"]["best"] == 1'
    iconv -f UTF-8 -t "$charset" "$TMPDIR/en.jsonl" >"$TMPDIR/other.jsonl"
    run 0 extract "$TMPDIR/other.jsonl"
    reports 1
    holds 'r[0]["id"] == "a" and r[0]["events"][0]["killed"]["best"] == 2'
done
