-- Schemas, roles, and the reference tables that every side may point at.
--
-- tracker: base tables, written by the program. strikes: published views, read by people.
-- Three rules hold in every migration, so that the schema can be distributed over several servers
-- (tests/sql/catalog.sh checks them): keys of the report side lead with report_id, keys of the
-- incident side with region_id, and nothing else is unique; foreign keys stay inside a side or go
-- to reference tables; ids are content hashes, never sequences.
--
-- A comment reads: what it is. Unit: ... Values: ... NULL: what its absence means.
-- strikes.data_dictionary publishes the parts, so keep the words "Unit:" and "NULL:".

-- Roles belong to the whole server: a second database finds them made.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'tracker_writer') THEN
        CREATE ROLE tracker_writer NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'tracker_analyst') THEN
        CREATE ROLE tracker_analyst NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'tracker_reader') THEN
        CREATE ROLE tracker_reader NOLOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'user "%" may not create roles, and the tracker''s roles are not all there',
            current_user USING HINT = 'ask an administrator to run, once per server: '
            'CREATE ROLE tracker_writer; CREATE ROLE tracker_analyst; CREATE ROLE tracker_reader;';
    -- Another init on this server, in another database, was faster: the roles are there.
    WHEN duplicate_object OR unique_violation THEN
        NULL;
END
$$;

-- CREATE SCHEMA checks the right to create even where the schema is there already.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'strikes') THEN
        CREATE SCHEMA strikes;
    END IF;
END
$$;
COMMENT ON SCHEMA tracker IS 'Base tables of the strike tracker; only the program writes them.';
COMMENT ON SCHEMA strikes IS 'Published views of the strike tracker; names and columns are fixed.';

GRANT USAGE ON SCHEMA tracker TO tracker_writer;
GRANT USAGE ON SCHEMA strikes TO tracker_writer, tracker_analyst, tracker_reader;

-- Made by the program before the first migration, so that it can keep the book.
COMMENT ON TABLE tracker.migration IS 'The migrations that were applied to this database.';
COMMENT ON COLUMN tracker.migration.version IS 'Number at the start of the file''s name.';
COMMENT ON COLUMN tracker.migration.name IS 'File name.';
COMMENT ON COLUMN tracker.migration.checksum IS 'SHA-256 of the file, in hex.';
COMMENT ON COLUMN tracker.migration.applied_at IS 'When it was applied.';
COMMENT ON TABLE tracker.published_view IS 'The files of published views as they were last applied.';
COMMENT ON COLUMN tracker.published_view.name IS 'File name.';
COMMENT ON COLUMN tracker.published_view.checksum IS 'SHA-256 of the file, in hex.';
COMMENT ON COLUMN tracker.published_view.applied_at IS 'When it was applied.';
GRANT SELECT ON tracker.migration, tracker.published_view TO tracker_writer;

CREATE TABLE tracker.ruleset (
    ruleset_id  bigint PRIMARY KEY,
    digest      bytea NOT NULL,
    path        text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tracker.ruleset IS 'Rule sets that have read reports. Reference table.';
COMMENT ON COLUMN tracker.ruleset.ruleset_id IS 'First 63 bits of the digest.';
COMMENT ON COLUMN tracker.ruleset.digest IS 'SHA-256 over the rule files. Unit: 32 bytes.';
COMMENT ON COLUMN tracker.ruleset.path IS 'Directory it was loaded from when first used.';
COMMENT ON COLUMN tracker.ruleset.recorded_at IS 'When it was first used here.';

-- The whole row is the key: what is known of a name depends on the report that gave it, and no
-- report's view may win by coming first.
CREATE TABLE tracker.source (
    name        text NOT NULL,
    role        text NOT NULL CHECK (role IN ('outlet', 'claimant')),
    kind        text NOT NULL,
    party       text NOT NULL,
    rank        smallint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, role, kind, party, rank)
);
COMMENT ON TABLE tracker.source IS
    'Who printed (outlet) or said (claimant) something, as reports have it. Reference table.';
COMMENT ON COLUMN tracker.source.name IS 'Canonical name of a known source, else as written.';
COMMENT ON COLUMN tracker.source.role IS 'Values: outlet, claimant.';
COMMENT ON COLUMN tracker.source.kind IS
    'What it is: agency, police, rescue, military, ... as in sources.yml. Empty: unknown.';
COMMENT ON COLUMN tracker.source.party IS 'Whose side it is on, such as UA. Empty: nobody''s.';
COMMENT ON COLUMN tracker.source.rank IS
    'Rank of its kind, 1 on the scene to 9 unknown; 0 for an outlet.';
COMMENT ON COLUMN tracker.source.recorded_at IS 'When it was first met here.';

GRANT SELECT, INSERT, UPDATE, DELETE ON tracker.ruleset, tracker.source TO tracker_writer;
