-- What has to be reconciled again. The unit, a cell, is a country with its pseudo-region: no
-- incident reaches over it.

CREATE TABLE tracker.cell (
    region_id bigint PRIMARY KEY,
    country   text NOT NULL
);
COMMENT ON TABLE tracker.cell IS
    'The units of settling. Whoever settles one holds its row with FOR UPDATE.';
COMMENT ON COLUMN tracker.cell.region_id IS 'Pseudo-region of the country.';
COMMENT ON COLUMN tracker.cell.country IS 'ISO 3166-1 alpha-2. Empty: events of no known country.';

CREATE TABLE tracker.region (
    region_id bigint NOT NULL,
    country   text NOT NULL,
    PRIMARY KEY (region_id, country)
);
COMMENT ON TABLE tracker.region IS
    'The regions that hold events of a country: where a cell has to look.';
COMMENT ON COLUMN tracker.region.region_id IS 'First-level region, or a pseudo-region.';
COMMENT ON COLUMN tracker.region.country IS 'Country of the events. Empty: unknown.';

-- A row a transaction that touched the cell, not a counter in cell: a batch need not wait for the
-- process that is settling the cell, and what arrives meanwhile keeps its own mark.
CREATE TABLE tracker.cell_mark (
    region_id bigint NOT NULL,
    mark      bigint NOT NULL,
    PRIMARY KEY (region_id, mark)
);
COMMENT ON TABLE tracker.cell_mark IS
    'The queue: a cell with marks is dirty. Settling takes the marks it saw before it read.';
COMMENT ON COLUMN tracker.cell_mark.region_id IS 'The cell.';
COMMENT ON COLUMN tracker.cell_mark.mark IS 'The transaction that touched it.';

GRANT SELECT, INSERT, UPDATE, DELETE ON tracker.cell, tracker.region, tracker.cell_mark
    TO tracker_writer;
