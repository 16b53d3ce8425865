-- The incident side: events with all that reconciliation reads, and what it makes of them. Every key
-- leads with region_id, so that one region's rows lie together.

CREATE TABLE tracker.event (
    region_id       bigint NOT NULL,
    event_id        bigint NOT NULL,
    report_id       bigint NOT NULL,
    copy_family     bigint NOT NULL,
    start_at        timestamptz,
    end_at          timestamptz,
    said_at         timestamptz,
    population      bigint NOT NULL,
    rank            integer NOT NULL,
    lat_e5          integer,
    lon_e5          integer,
    local_date      date,
    zone_offset     integer NOT NULL,
    span_start      integer NOT NULL,
    span_end        integer NOT NULL,
    scope           text NOT NULL,
    country         text NOT NULL,
    place_precision text NOT NULL,
    date_precision  text NOT NULL,
    place_key       text NOT NULL,
    place_name      text,
    place_written   text,
    adm1            text,
    adm1_code       text,
    zone            text,
    outlet          text,
    when_phrase     text,
    sentence        text NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (region_id, event_id)
);
COMMENT ON TABLE tracker.event IS
    'What one report says about one strike. Only events of live readings stand here.';
COMMENT ON COLUMN tracker.event.region_id IS
    'First-level region, or the pseudo-region of a country: hash of its code.';
COMMENT ON COLUMN tracker.event.event_id IS 'Hash of the report''s edition and the span.';
COMMENT ON COLUMN tracker.event.report_id IS 'The report that tells it.';
COMMENT ON COLUMN tracker.event.copy_family IS
    'Events of wire copies share it: one voice. The report''s own id when it has none.';
COMMENT ON COLUMN tracker.event.start_at IS 'Earliest it may have happened. NULL: unknown.';
COMMENT ON COLUMN tracker.event.end_at IS 'Latest it may have happened. NULL: unknown.';
COMMENT ON COLUMN tracker.event.said_at IS 'Publication time of its report. NULL: unknown.';
COMMENT ON COLUMN tracker.event.population IS 'People living at the place; 0: unknown.';
COMMENT ON COLUMN tracker.event.rank IS 'Order in its report; 1: what the report is about.';
COMMENT ON COLUMN tracker.event.lat_e5 IS 'Latitude, WGS 84. Unit: 1e-5 degrees. NULL: unknown.';
COMMENT ON COLUMN tracker.event.lon_e5 IS 'Longitude, WGS 84. Unit: 1e-5 degrees. NULL: unknown.';
COMMENT ON COLUMN tracker.event.local_date IS
    'Day in the place''s zone it counts under; a night counts under its morning. NULL: unknown.';
COMMENT ON COLUMN tracker.event.zone_offset IS 'Offset from UTC at start_at. Unit: seconds.';
COMMENT ON COLUMN tracker.event.span_start IS 'First byte in the report''s text. Unit: bytes.';
COMMENT ON COLUMN tracker.event.span_end IS 'Byte after its end. Unit: bytes.';
COMMENT ON COLUMN tracker.event.scope IS 'Values: site, area, country.';
COMMENT ON COLUMN tracker.event.country IS 'ISO 3166-1 alpha-2. Empty: unknown.';
COMMENT ON COLUMN tracker.event.place_precision IS
    'Values: point, settlement, named, district, region, country, unknown.';
COMMENT ON COLUMN tracker.event.date_precision IS
    'Values: minute, part, night, day, range, month, unknown.';
COMMENT ON COLUMN tracker.event.place_key IS 'Equal keys are one place. Empty: no place.';
COMMENT ON COLUMN tracker.event.place_name IS 'Canonical name. NULL: no place.';
COMMENT ON COLUMN tracker.event.place_written IS 'The place as written. NULL: taken from context.';
COMMENT ON COLUMN tracker.event.adm1 IS 'Name of the first-level region. NULL: unknown.';
COMMENT ON COLUMN tracker.event.adm1_code IS 'Its code, such as UA.22. NULL: unknown.';
COMMENT ON COLUMN tracker.event.zone IS 'Time zone of the place, tz database name. NULL: unknown.';
COMMENT ON COLUMN tracker.event.outlet IS 'Who printed it. NULL: unknown.';
COMMENT ON COLUMN tracker.event.when_phrase IS
    'The words that say when. NULL: taken from the publication date.';
COMMENT ON COLUMN tracker.event.sentence IS 'The sentence that tells of it.';
COMMENT ON COLUMN tracker.event.recorded_at IS 'When it was recorded.';

CREATE TABLE tracker.event_claim (
    region_id      bigint NOT NULL,
    event_id       bigint NOT NULL,
    claim_id       bigint NOT NULL,
    low            bigint,
    best           bigint,
    high           bigint,
    claimant_rank  smallint NOT NULL,
    running_total  boolean NOT NULL,
    enemy          boolean NOT NULL,
    unverified     boolean NOT NULL,
    field          text NOT NULL,
    part           text,
    qualifier      text NOT NULL,
    claimant       text,
    claimant_kind  text,
    claimant_party text,
    PRIMARY KEY (region_id, event_id, claim_id)
);
COMMENT ON TABLE tracker.event_claim IS
    'The claim fields reconciliation needs, beside their event: no join to the report side.';
COMMENT ON COLUMN tracker.event_claim.region_id IS 'Region of the event.';
COMMENT ON COLUMN tracker.event_claim.event_id IS 'The event.';
COMMENT ON COLUMN tracker.event_claim.claim_id IS 'The claim.';
COMMENT ON COLUMN tracker.event_claim.low IS 'Least number it allows. NULL: open.';
COMMENT ON COLUMN tracker.event_claim.best IS 'The number it gives. NULL: bounds only.';
COMMENT ON COLUMN tracker.event_claim.high IS 'Greatest number it allows. NULL: open.';
COMMENT ON COLUMN tracker.event_claim.claimant_rank IS 'Values: 1 on the scene to 9 unknown.';
COMMENT ON COLUMN tracker.event_claim.running_total IS 'True: said as a total so far.';
COMMENT ON COLUMN tracker.event_claim.enemy IS 'True: a perpetrator about its enemy''s losses.';
COMMENT ON COLUMN tracker.event_claim.unverified IS 'True: the report says it is not confirmed.';
COMMENT ON COLUMN tracker.event_claim.field IS 'What is counted: killed, wounded, drones, ...';
COMMENT ON COLUMN tracker.event_claim.part IS 'Which of them: civilian, child, ... NULL: all.';
COMMENT ON COLUMN tracker.event_claim.qualifier IS
    'Values: exact, at_least, more_than, at_most, about, range, vague, none.';
COMMENT ON COLUMN tracker.event_claim.claimant IS 'Who says so. NULL: the outlet itself.';
COMMENT ON COLUMN tracker.event_claim.claimant_kind IS 'Kind of claimant. NULL: unknown.';
COMMENT ON COLUMN tracker.event_claim.claimant_party IS 'Whose side it is on. NULL: nobody''s.';

CREATE TABLE tracker.incident (
    region_id         bigint NOT NULL,
    incident_id       bigint NOT NULL,
    parent_id         bigint,
    content           bytea NOT NULL,
    start_at          timestamptz,
    end_at            timestamptz,
    first_reported_at timestamptz,
    recorded_at       timestamptz NOT NULL DEFAULT now(),
    last_changed_at   timestamptz NOT NULL DEFAULT now(),
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
    PRIMARY KEY (region_id, incident_id)
);
COMMENT ON TABLE tracker.incident IS
    'One strike as reconciled over all reports. Retired ones keep their row.';
COMMENT ON COLUMN tracker.incident.region_id IS 'Region it lies in.';
COMMENT ON COLUMN tracker.incident.incident_id IS
    'Hash, kept as long as the incident is recognisably the same.';
COMMENT ON COLUMN tracker.incident.parent_id IS 'The wave it is part of. NULL: none.';
COMMENT ON COLUMN tracker.incident.content IS
    'SHA-256 of the row with its figures, members and claims: equal content is not written again.';
COMMENT ON COLUMN tracker.incident.start_at IS 'Earliest it may have happened. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.end_at IS 'Latest it may have happened. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.first_reported_at IS
    'Publication time of the earliest report. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.recorded_at IS 'When it was first recorded.';
COMMENT ON COLUMN tracker.incident.last_changed_at IS 'When anything of it last changed.';
COMMENT ON COLUMN tracker.incident.retired_at IS
    'When it stopped being an incident of its own, see incident_redirect. NULL: it is live.';
COMMENT ON COLUMN tracker.incident.lat_e5 IS 'Latitude, WGS 84. Unit: 1e-5 degrees. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.lon_e5 IS
    'Longitude, WGS 84. Unit: 1e-5 degrees. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.local_date IS 'Day it counts under. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.n_reports IS 'Reports that tell of it. Unit: reports.';
COMMENT ON COLUMN tracker.incident.n_independent IS
    'Voices among them; copies of one text are one. Unit: copy families.';
COMMENT ON COLUMN tracker.incident.in_totals IS
    'True: its killed, wounded and missing may be summed without counting anybody twice.';
COMMENT ON COLUMN tracker.incident.scope IS 'Values: site, area, country.';
COMMENT ON COLUMN tracker.incident.country IS 'ISO 3166-1 alpha-2. Empty: unknown.';
COMMENT ON COLUMN tracker.incident.place_precision IS
    'Values: point, settlement, named, district, region, country, unknown.';
COMMENT ON COLUMN tracker.incident.date_precision IS
    'Values: minute, part, night, day, range, month, unknown.';
COMMENT ON COLUMN tracker.incident.grading IS 'Values: confirmed, fair, weak, contested.';
COMMENT ON COLUMN tracker.incident.place_key IS 'Equal keys are one place. Empty: no place.';
COMMENT ON COLUMN tracker.incident.place_name IS 'Canonical name. NULL: no place.';
COMMENT ON COLUMN tracker.incident.adm1 IS 'Name of the first-level region. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.adm1_code IS 'Its code. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.zone IS 'Time zone of the place. NULL: unknown.';
COMMENT ON COLUMN tracker.incident.sources IS 'Claimants and outlets, sorted.';

CREATE TABLE tracker.incident_event (
    region_id   bigint NOT NULL,
    incident_id bigint NOT NULL,
    event_id    bigint NOT NULL,
    PRIMARY KEY (region_id, incident_id, event_id)
);
COMMENT ON TABLE tracker.incident_event IS 'Which events make an incident.';
COMMENT ON COLUMN tracker.incident_event.region_id IS 'Region of the incident.';
COMMENT ON COLUMN tracker.incident_event.incident_id IS 'The incident.';
COMMENT ON COLUMN tracker.incident_event.event_id IS
    'The event; it may lie in another region of the same country.';

CREATE TABLE tracker.figure (
    region_id    bigint NOT NULL,
    incident_id  bigint NOT NULL,
    field        text NOT NULL,
    part         text NOT NULL,
    low          bigint,
    best         bigint,
    high         bigint,
    chosen_claim bigint,
    in_totals    boolean NOT NULL,
    state        text NOT NULL CHECK (state IN ('known', 'zero_stated', 'unquantified')),
    rule         text NOT NULL,
    PRIMARY KEY (region_id, incident_id, field, part),
    FOREIGN KEY (region_id, incident_id) REFERENCES tracker.incident
);
COMMENT ON TABLE tracker.figure IS
    'A reconciled number of an incident. What nobody stated has no row.';
COMMENT ON COLUMN tracker.figure.region_id IS 'Region of the incident.';
COMMENT ON COLUMN tracker.figure.incident_id IS 'The incident.';
COMMENT ON COLUMN tracker.figure.field IS 'What is counted: killed, wounded, drones, ...';
COMMENT ON COLUMN tracker.figure.part IS 'Which of them: civilian, child, ... Empty: all.';
COMMENT ON COLUMN tracker.figure.low IS 'Least number the reports allow. NULL: open.';
COMMENT ON COLUMN tracker.figure.best IS 'The number to use. NULL: no report gives one.';
COMMENT ON COLUMN tracker.figure.high IS 'Greatest number the reports allow. NULL: open.';
COMMENT ON COLUMN tracker.figure.chosen_claim IS
    'The claim that gave best. NULL: no single one did.';
COMMENT ON COLUMN tracker.figure.in_totals IS
    'True: may be summed over all figures of this field and part without counting twice.';
COMMENT ON COLUMN tracker.figure.state IS 'Values: known, zero_stated, unquantified.';
COMMENT ON COLUMN tracker.figure.rule IS 'The policy rule that chose it.';

CREATE TABLE tracker.figure_claim (
    region_id   bigint NOT NULL,
    incident_id bigint NOT NULL,
    field       text NOT NULL,
    part        text NOT NULL,
    claim_id    bigint NOT NULL,
    event_id    bigint NOT NULL,
    report_id   bigint NOT NULL,
    PRIMARY KEY (region_id, incident_id, field, part, claim_id)
);
COMMENT ON TABLE tracker.figure_claim IS 'Which claims made a figure.';
COMMENT ON COLUMN tracker.figure_claim.region_id IS 'Region of the incident.';
COMMENT ON COLUMN tracker.figure_claim.incident_id IS 'The incident.';
COMMENT ON COLUMN tracker.figure_claim.field IS 'Field of the figure.';
COMMENT ON COLUMN tracker.figure_claim.part IS 'Part of the figure. Empty: all.';
COMMENT ON COLUMN tracker.figure_claim.claim_id IS 'The claim.';
COMMENT ON COLUMN tracker.figure_claim.event_id IS 'The event the claim belongs to.';
COMMENT ON COLUMN tracker.figure_claim.report_id IS 'The report the claim stands in.';

CREATE TABLE tracker.incident_revision (
    region_id   bigint NOT NULL,
    incident_id bigint NOT NULL,
    field       text NOT NULL,
    part        text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    old_low     bigint,
    old_best    bigint,
    old_high    bigint,
    old_state   text,
    new_low     bigint,
    new_best    bigint,
    new_high    bigint,
    new_state   text,
    rule        text,
    who         text,
    claim_id    bigint,
    report_id   bigint,
    PRIMARY KEY (region_id, incident_id, field, part, recorded_at)
);
COMMENT ON TABLE tracker.incident_revision IS
    'Every change we made to a figure, the first statement included. Append-only.';
COMMENT ON COLUMN tracker.incident_revision.region_id IS 'Region of the incident at that time.';
COMMENT ON COLUMN tracker.incident_revision.incident_id IS 'The incident.';
COMMENT ON COLUMN tracker.incident_revision.field IS 'Field of the figure.';
COMMENT ON COLUMN tracker.incident_revision.part IS 'Part of the figure. Empty: all.';
COMMENT ON COLUMN tracker.incident_revision.recorded_at IS 'When we changed it.';
COMMENT ON COLUMN tracker.incident_revision.old_low IS 'Low before. NULL: open, or no figure.';
COMMENT ON COLUMN tracker.incident_revision.old_best IS 'Best before. NULL: none, or no figure.';
COMMENT ON COLUMN tracker.incident_revision.old_high IS 'High before. NULL: open, or no figure.';
COMMENT ON COLUMN tracker.incident_revision.old_state IS 'State before. NULL: no figure.';
COMMENT ON COLUMN tracker.incident_revision.new_low IS 'Low after. NULL: open, or no figure.';
COMMENT ON COLUMN tracker.incident_revision.new_best IS 'Best after. NULL: none, or no figure.';
COMMENT ON COLUMN tracker.incident_revision.new_high IS 'High after. NULL: open, or no figure.';
COMMENT ON COLUMN tracker.incident_revision.new_state IS 'State after. NULL: the figure is gone.';
COMMENT ON COLUMN tracker.incident_revision.rule IS
    'The policy rule that chose it. NULL: the figure is gone.';
COMMENT ON COLUMN tracker.incident_revision.who IS
    'Claimant, else outlet, of the claim that gave best. NULL: no single claim did.';
COMMENT ON COLUMN tracker.incident_revision.claim_id IS
    'The claim that gave best. NULL: no single one did.';
COMMENT ON COLUMN tracker.incident_revision.report_id IS
    'The report that claim stands in. NULL: no single claim.';

CREATE TABLE tracker.incident_redirect (
    region_id   bigint NOT NULL,
    old_id      bigint NOT NULL,
    new_id      bigint NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('merged', 'split')),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (region_id, old_id, new_id)
);
COMMENT ON TABLE tracker.incident_redirect IS 'What became of incident ids; kept for ever.';
COMMENT ON COLUMN tracker.incident_redirect.region_id IS 'Pseudo-region of the country.';
COMMENT ON COLUMN tracker.incident_redirect.old_id IS 'The former id.';
COMMENT ON COLUMN tracker.incident_redirect.new_id IS 'Where to look now, or what was split off.';
COMMENT ON COLUMN tracker.incident_redirect.kind IS
    'Values: merged (old_id is now new_id), split (new_id was part of old_id).';
COMMENT ON COLUMN tracker.incident_redirect.recorded_at IS 'When it happened.';

CREATE TABLE tracker.decision (
    region_id    bigint NOT NULL,
    decision_id  bigint NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('same', 'different')),
    event_a      bigint NOT NULL,
    event_b      bigint NOT NULL,
    who          text NOT NULL,
    why          text,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    retracted_at timestamptz,
    PRIMARY KEY (region_id, decision_id)
);
COMMENT ON TABLE tracker.decision IS 'An analyst''s word on events; it outlives new rules.';
COMMENT ON COLUMN tracker.decision.region_id IS 'Pseudo-region of the country of both events.';
COMMENT ON COLUMN tracker.decision.decision_id IS 'Hash of its content.';
COMMENT ON COLUMN tracker.decision.kind IS 'Values: same, different.';
COMMENT ON COLUMN tracker.decision.event_a IS 'One event.';
COMMENT ON COLUMN tracker.decision.event_b IS 'The other.';
COMMENT ON COLUMN tracker.decision.who IS 'Who decided.';
COMMENT ON COLUMN tracker.decision.why IS 'The reason given. NULL: none.';
COMMENT ON COLUMN tracker.decision.recorded_at IS 'When it was decided.';
COMMENT ON COLUMN tracker.decision.retracted_at IS 'When it was taken back. NULL: it stands.';

GRANT SELECT, INSERT, UPDATE, DELETE ON tracker.event, tracker.event_claim, tracker.incident,
    tracker.incident_event, tracker.figure, tracker.figure_claim, tracker.incident_revision,
    tracker.incident_redirect, tracker.decision TO tracker_writer;
