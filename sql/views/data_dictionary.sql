-- The comments of the published views, taken apart: "What it is. Unit: people. NULL: unknown."
CREATE OR REPLACE VIEW strikes.data_dictionary AS
SELECT c.relname::text AS view,
       a.attname::text AS "column",
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       pg_catalog.rtrim(
           pg_catalog.substring(d.description, 'Unit: (.*?)(?:\. NULL:|\. Values:|$)'), '.') AS unit,
       pg_catalog.rtrim(pg_catalog.substring(d.description, 'NULL: (.*)$'), '.') AS null_meaning,
       d.description AS comment
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_description d
    ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
   AND d.objoid = c.oid AND d.objsubid = a.attnum
WHERE c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'strikes')
  AND c.relkind = 'v';

COMMENT ON VIEW strikes.data_dictionary IS 'What every column of the published views means.';
COMMENT ON COLUMN strikes.data_dictionary.view IS 'Name of the view.';
COMMENT ON COLUMN strikes.data_dictionary."column" IS 'Name of the column.';
COMMENT ON COLUMN strikes.data_dictionary.type IS 'Its type in SQL.';
COMMENT ON COLUMN strikes.data_dictionary.unit IS
    'What it counts or is measured in. NULL: no unit.';
COMMENT ON COLUMN strikes.data_dictionary.null_meaning IS
    'What a NULL in it says. NULL: it has none.';
COMMENT ON COLUMN strikes.data_dictionary.comment IS 'The whole comment.';
GRANT SELECT ON strikes.data_dictionary TO tracker_writer, tracker_analyst, tracker_reader;
