-- One row a live incident, its commonest figures side by side. All of them: strikes.figures.
CREATE OR REPLACE VIEW strikes.incidents AS
SELECT i.incident_id,
       i.parent_id,
       i.scope,
       i.in_totals,
       i.place_name AS place,
       i.place_precision,
       i.adm1,
       nullif(i.country, '') AS country,
       i.lat_e5 / 100000::double precision AS lat,
       i.lon_e5 / 100000::double precision AS lon,
       i.local_date,
       i.date_precision,
       i.start_at,
       i.end_at,
       i.killed_low, i.killed_best, i.killed_high,
       i.killed_civilian_low, i.killed_civilian_best, i.killed_civilian_high,
       i.killed_attacker_low, i.killed_attacker_best, i.killed_attacker_high,
       i.wounded_low, i.wounded_best, i.wounded_high,
       i.missing_low, i.missing_best, i.missing_high,
       i.drones_low, i.drones_best, i.drones_high,
       i.drones_intercepted_low, i.drones_intercepted_best, i.drones_intercepted_high,
       i.drones_lost_low, i.drones_lost_best, i.drones_lost_high,
       i.missiles_low, i.missiles_best, i.missiles_high,
       i.missiles_intercepted_low, i.missiles_intercepted_best, i.missiles_intercepted_high,
       i.grading,
       i.n_reports,
       i.n_independent,
       i.sources,
       i.first_reported_at,
       i.last_changed_at
FROM tracker.incident_state i
WHERE i.current AND i.retired_at IS NULL;

COMMENT ON VIEW strikes.incidents IS
    'One row a strike as reconciled over all reports. Sum killed, wounded and missing only WHERE in_totals.';
COMMENT ON COLUMN strikes.incidents.incident_id IS
    'Id; text in every export, as 63 bits do not survive JavaScript.';
COMMENT ON COLUMN strikes.incidents.parent_id IS
    'The wave it is part of; never sum a wave with its sites. NULL: none.';
COMMENT ON COLUMN strikes.incidents.scope IS 'Values: site, area, country.';
COMMENT ON COLUMN strikes.incidents.in_totals IS
    'True: killed, wounded and missing may be summed without counting anybody twice.';
COMMENT ON COLUMN strikes.incidents.place IS
    'Canonical name, or as written when no gazetteer has it. NULL: no place is known.';
COMMENT ON COLUMN strikes.incidents.place_precision IS
    'Values: point, settlement, named, district, region, country, unknown.';
COMMENT ON COLUMN strikes.incidents.adm1 IS 'First-level region. NULL: unknown.';
COMMENT ON COLUMN strikes.incidents.country IS 'ISO 3166-1 alpha-2. NULL: unknown.';
COMMENT ON COLUMN strikes.incidents.lat IS 'Latitude, WGS 84. Unit: degrees. NULL: unknown.';
COMMENT ON COLUMN strikes.incidents.lon IS 'Longitude, WGS 84. Unit: degrees. NULL: unknown.';
COMMENT ON COLUMN strikes.incidents.local_date IS
    'Day in the place''s zone it counts under; a night counts under its morning. NULL: unknown.';
COMMENT ON COLUMN strikes.incidents.date_precision IS
    'Values: minute, part, night, day, range, month, unknown.';
COMMENT ON COLUMN strikes.incidents.start_at IS 'Earliest it may have happened. NULL: unknown.';
COMMENT ON COLUMN strikes.incidents.end_at IS 'Latest it may have happened. NULL: unknown.';
COMMENT ON COLUMN strikes.incidents.killed_low IS
    'Least number of people killed that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.killed_best IS
    'Number of people killed to use; 0 only if stated. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.killed_high IS
    'Greatest number of people killed that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.killed_civilian_low IS
    'Least number of civilians killed that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.killed_civilian_best IS
    'Number of civilians killed to use; 0 only if stated. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.killed_civilian_high IS
    'Greatest number of civilians killed that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.killed_attacker_low IS
    'Least number of attackers killed that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.killed_attacker_best IS
    'Number of attackers killed to use; 0 only if stated. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.killed_attacker_high IS
    'Greatest number of attackers killed that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.wounded_low IS
    'Least number of people wounded that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.wounded_best IS
    'Number of people wounded to use; 0 only if stated. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.wounded_high IS
    'Greatest number of people wounded that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.missing_low IS
    'Least number of people missing that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.missing_best IS
    'Number of people missing to use; 0 only if stated. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.missing_high IS
    'Greatest number of people missing that the reports allow. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.drones_low IS
    'Least number of drones launched that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.drones_best IS
    'Number of drones launched to use; 0 only if stated. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.drones_high IS
    'Greatest number of drones launched that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.drones_intercepted_low IS
    'Least number of drones shot down that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.drones_intercepted_best IS
    'Number of drones shot down to use; 0 only if stated. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.drones_intercepted_high IS
    'Greatest number of drones shot down that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.drones_lost_low IS
    'Least number of drones lost on the way that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.drones_lost_best IS
    'Number of drones lost on the way to use; 0 only if stated. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.drones_lost_high IS
    'Greatest number of drones lost on the way that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.missiles_low IS
    'Least number of missiles launched that the reports allow. Unit: missiles. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.missiles_best IS
    'Number of missiles launched to use; 0 only if stated. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.missiles_high IS
    'Greatest number of missiles launched that the reports allow. Unit: missiles. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.missiles_intercepted_low IS
    'Least number of missiles shot down that the reports allow. Unit: missiles. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.missiles_intercepted_best IS
    'Number of missiles shot down to use; 0 only if stated. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.incidents.missiles_intercepted_high IS
    'Greatest number of missiles shot down that the reports allow. Unit: missiles. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.incidents.grading IS 'Values: confirmed, fair, weak, contested.';
COMMENT ON COLUMN strikes.incidents.n_reports IS 'Reports that tell of it. Unit: reports.';
COMMENT ON COLUMN strikes.incidents.n_independent IS
    'Voices among them; copies of one text are one voice. Unit: voices.';
COMMENT ON COLUMN strikes.incidents.sources IS 'Claimants and outlets, sorted.';
COMMENT ON COLUMN strikes.incidents.first_reported_at IS
    'Publication time of the earliest report. NULL: unknown.';
COMMENT ON COLUMN strikes.incidents.last_changed_at IS 'When anything of it last changed here.';
GRANT SELECT ON strikes.incidents TO tracker_writer, tracker_analyst, tracker_reader;
