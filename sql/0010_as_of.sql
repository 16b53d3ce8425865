-- What we said of one incident, place or country's day at a time is found without reading all that
-- we ever said: the indexes of incident, on the states that were replaced.
CREATE INDEX incident_edition_by_id ON tracker.incident_edition (incident_id);
CREATE INDEX incident_edition_by_place ON tracker.incident_edition (place_name);
CREATE INDEX incident_edition_by_country_and_day
    ON tracker.incident_edition (country, local_date);
CREATE INDEX incident_edition_by_day ON tracker.incident_edition (local_date);
CREATE INDEX incident_edition_by_parent ON tracker.incident_edition (parent_id)
    WHERE parent_id IS NOT NULL;
CREATE INDEX incident_edition_by_change ON tracker.incident_edition (last_changed_at);
CREATE INDEX incident_by_change ON tracker.incident (last_changed_at);

-- The latest revision of each figure up to a time is the first of its kind in this order.
DROP INDEX tracker.incident_revision_by_incident;
CREATE INDEX incident_revision_by_figure
    ON tracker.incident_revision (incident_id, field, part, recorded_at DESC);

-- The incidents of a report, from the report's side.
CREATE INDEX incident_event_by_report ON tracker.incident_event (report_id);

-- What strikes.review_queue looks for is rare: an index of just that.
CREATE INDEX incident_contested ON tracker.incident (incident_id)
    WHERE grading = 'contested' AND retired_at IS NULL;
CREATE INDEX incident_unplaced ON tracker.incident (incident_id)
    WHERE place_precision IN ('region', 'country', 'unknown') AND scope <> 'country'
        AND retired_at IS NULL;
CREATE INDEX figure_intercepted ON tracker.figure (incident_id) WHERE part = 'intercepted';
CREATE INDEX incident_revision_lowered ON tracker.incident_revision (incident_id)
    WHERE part = '' AND field IN ('killed', 'wounded') AND old_best - coalesce(new_best, 0) > 0;
-- And the planner must know that it is.
CREATE STATISTICS tracker.incident_revision_fall ON (old_best - coalesce(new_best, 0))
    FROM tracker.incident_revision;
