-- What we said before, and what the reports say in order of time. Nothing here is overwritten but
-- toll_step, which is a figure's own timeline and changes with it.

CREATE TABLE tracker.incident_edition (
    region_id         bigint NOT NULL,
    incident_id       bigint NOT NULL,
    parent_id         bigint,
    start_at          timestamptz,
    end_at            timestamptz,
    first_reported_at timestamptz,
    last_changed_at   timestamptz NOT NULL,
    superseded_at     timestamptz NOT NULL,
    retired_at        timestamptz,
    lat_e5            integer,
    lon_e5            integer,
    local_date        date,
    n_reports         integer NOT NULL,
    n_independent     integer NOT NULL,
    in_totals         boolean NOT NULL,
    scope             text NOT NULL,
    country           text NOT NULL,
    place_precision   text NOT NULL,
    date_precision    text NOT NULL,
    grading           text NOT NULL,
    place_key         text NOT NULL,
    place_name        text,
    adm1              text,
    adm1_code         text,
    zone              text,
    sources           text[] NOT NULL,
    PRIMARY KEY (region_id, incident_id, last_changed_at)
);
COMMENT ON TABLE tracker.incident_edition IS
    'States of incidents that a newer one has replaced. With incident_revision: what we said at a time. Append-only.';
COMMENT ON COLUMN tracker.incident_edition.region_id IS 'Region it lay in.';
COMMENT ON COLUMN tracker.incident_edition.incident_id IS 'The incident.';
COMMENT ON COLUMN tracker.incident_edition.parent_id IS 'The wave it was part of. NULL: none.';
COMMENT ON COLUMN tracker.incident_edition.start_at IS 'Earliest it may have happened. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.end_at IS 'Latest it may have happened. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.first_reported_at IS
    'Publication time of the earliest report. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.last_changed_at IS 'Since when we said this.';
COMMENT ON COLUMN tracker.incident_edition.superseded_at IS 'Until when we said this.';
COMMENT ON COLUMN tracker.incident_edition.retired_at IS
    'It was no incident of its own then, since this time. NULL: it was live.';
COMMENT ON COLUMN tracker.incident_edition.lat_e5 IS
    'Latitude, WGS 84. Unit: 1e-5 degrees. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.lon_e5 IS
    'Longitude, WGS 84. Unit: 1e-5 degrees. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.local_date IS 'Day it counted under. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.n_reports IS 'Reports that told of it. Unit: reports.';
COMMENT ON COLUMN tracker.incident_edition.n_independent IS 'Voices among them. Unit: copy families.';
COMMENT ON COLUMN tracker.incident_edition.in_totals IS
    'True: its killed, wounded and missing could be summed.';
COMMENT ON COLUMN tracker.incident_edition.scope IS 'Values: site, area, country.';
COMMENT ON COLUMN tracker.incident_edition.country IS 'ISO 3166-1 alpha-2. Empty: unknown.';
COMMENT ON COLUMN tracker.incident_edition.place_precision IS
    'Values: point, settlement, named, district, region, country, unknown.';
COMMENT ON COLUMN tracker.incident_edition.date_precision IS
    'Values: minute, part, night, day, range, month, unknown.';
COMMENT ON COLUMN tracker.incident_edition.grading IS 'Values: confirmed, fair, weak, contested.';
COMMENT ON COLUMN tracker.incident_edition.place_key IS 'Equal keys are one place. Empty: no place.';
COMMENT ON COLUMN tracker.incident_edition.place_name IS 'Canonical name. NULL: no place.';
COMMENT ON COLUMN tracker.incident_edition.adm1 IS 'Name of the first-level region. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.adm1_code IS 'Its code. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.zone IS 'Time zone of the place. NULL: unknown.';
COMMENT ON COLUMN tracker.incident_edition.sources IS 'Claimants and outlets, sorted.';

CREATE TABLE tracker.toll_step (
    region_id   bigint NOT NULL,
    incident_id bigint NOT NULL,
    field       text NOT NULL,
    part        text NOT NULL,
    said_at     timestamptz NOT NULL,
    low         bigint,
    best        bigint,
    high        bigint,
    claim_id    bigint,
    state       text NOT NULL,
    rule        text NOT NULL,
    PRIMARY KEY (region_id, incident_id, field, part, said_at)
);
COMMENT ON TABLE tracker.toll_step IS
    'What the reports up to a time say of a figure, where that changed it. A figure whose claims were all said at one time has none.';
COMMENT ON COLUMN tracker.toll_step.region_id IS 'Region of the incident.';
COMMENT ON COLUMN tracker.toll_step.incident_id IS 'The incident.';
COMMENT ON COLUMN tracker.toll_step.field IS 'Field of the figure.';
COMMENT ON COLUMN tracker.toll_step.part IS 'Part of the figure. Empty: all.';
COMMENT ON COLUMN tracker.toll_step.said_at IS 'Publication time of the claim that changed it.';
COMMENT ON COLUMN tracker.toll_step.low IS 'Low from then on. NULL: open.';
COMMENT ON COLUMN tracker.toll_step.best IS 'Best from then on. NULL: no report gave one.';
COMMENT ON COLUMN tracker.toll_step.high IS 'High from then on. NULL: open.';
COMMENT ON COLUMN tracker.toll_step.claim_id IS 'The claim that gave best. NULL: no single one did.';
COMMENT ON COLUMN tracker.toll_step.state IS 'Values: known, zero_stated, unquantified.';
COMMENT ON COLUMN tracker.toll_step.rule IS 'The policy rule that chose it.';

-- Whose event it was, so that an incident of one report keeps its id when the page changes.
ALTER TABLE tracker.incident_event ADD COLUMN event_region_id bigint, ADD COLUMN report_id bigint,
    ADD COLUMN rank integer;
UPDATE tracker.incident_event n
SET event_region_id = e.region_id, report_id = e.report_id, rank = e.rank
FROM tracker.event e WHERE e.event_id = n.event_id;
COMMENT ON COLUMN tracker.incident_event.event_region_id IS
    'Region the event''s row stands in. NULL: not kept then.';
COMMENT ON COLUMN tracker.incident_event.report_id IS 'The event''s report. NULL: not kept then.';
COMMENT ON COLUMN tracker.incident_event.rank IS 'The event''s rank in it. NULL: not kept then.';

ALTER TABLE tracker.incident ADD COLUMN former_events bigint[];
COMMENT ON COLUMN tracker.incident.former_events IS
    'Its events when it was retired: who comes back together gets the id back. NULL: it is live.';

ALTER TABLE tracker.incident_revision ADD COLUMN old_in_totals boolean,
    ADD COLUMN new_in_totals boolean;
UPDATE tracker.incident_revision v SET new_in_totals = f.in_totals
FROM tracker.figure f WHERE f.region_id = v.region_id AND f.incident_id = v.incident_id
    AND f.field = v.field AND f.part = v.part;
COMMENT ON COLUMN tracker.incident_revision.old_in_totals IS
    'Whether it could be summed before. NULL: no figure, or not kept then.';
COMMENT ON COLUMN tracker.incident_revision.new_in_totals IS
    'Whether it can be summed after. NULL: the figure is gone, or not kept then.';

-- One incident, place, day or report is found without its region.
CREATE INDEX incident_by_id ON tracker.incident (incident_id);
CREATE INDEX incident_by_day ON tracker.incident (local_date);
CREATE INDEX incident_by_place ON tracker.incident (place_name);
CREATE INDEX incident_by_parent ON tracker.incident (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX figure_by_incident ON tracker.figure (incident_id);
CREATE INDEX figure_claim_by_incident ON tracker.figure_claim (incident_id);
CREATE INDEX incident_event_by_event ON tracker.incident_event (event_id);
CREATE INDEX incident_event_by_incident ON tracker.incident_event (incident_id);
CREATE INDEX incident_revision_by_incident ON tracker.incident_revision (incident_id);
CREATE INDEX incident_revision_by_time ON tracker.incident_revision (recorded_at);
CREATE INDEX incident_edition_by_time ON tracker.incident_edition (superseded_at);
CREATE INDEX incident_redirect_by_id ON tracker.incident_redirect (old_id);
CREATE INDEX toll_step_by_incident ON tracker.toll_step (incident_id);
CREATE INDEX report_ref_by_ref ON tracker.report_ref (ref);

GRANT SELECT, INSERT, UPDATE, DELETE ON tracker.incident_edition, tracker.toll_step
    TO tracker_writer;
