#!/bin/sh
# The body of `make run`: private server, schema, the fixtures as rows, the table of incidents.
# The last line says what changed; run again, it is "..., 0 rows changed".
set -eu
cd "$(dirname "$0")/.."
TRACKER=${TRACKER-build/tracker}

connection=$(deploy/private-db.sh start)
eval "$connection"

"$TRACKER" init
summary=$("$TRACKER" ingest fixtures/reports)
"$TRACKER" incidents
"$TRACKER" report --period month --publish build/report

cat <<END

The situation report of the newest month is a page for your browser:

    $PWD/build/report/index.html

Connect with these settings, and ask the published views:

    $connection
    psql -c "SELECT * FROM strikes.incidents ORDER BY 1 LIMIT 10"
    psql -c "SELECT * FROM strikes.claims LIMIT 10"
    psql -c "SELECT * FROM strikes.data_dictionary"

'make db-stop' stops the server; 'make clean' also deletes its data.

END
printf '%s\n' "$summary" | tail -n 1
