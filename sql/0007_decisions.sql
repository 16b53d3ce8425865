-- Decisions in full: five kinds, anchored by content, so that they find their events and claims
-- again after new rules or a changed page. Decisions on whole reports stand in cell 0, where every
-- settling looks.

ALTER TABLE tracker.decision DROP CONSTRAINT decision_kind_check;
ALTER TABLE tracker.decision ADD CHECK (kind IN ('same', 'different', 'place', 'pin', 'reject'));
ALTER TABLE tracker.decision
    ADD COLUMN operand_a       text,
    ADD COLUMN operand_b       text,
    ADD COLUMN retracted_by    text,
    ADD COLUMN retracted_why   text,
    ADD COLUMN refused_path    text,
    ADD COLUMN orphaned        boolean NOT NULL DEFAULT false,
    ADD COLUMN place_key       text,
    ADD COLUMN place_name      text,
    ADD COLUMN adm1            text,
    ADD COLUMN adm1_code       text,
    ADD COLUMN zone            text,
    ADD COLUMN place_precision text,
    ADD COLUMN lat_e5          integer,
    ADD COLUMN lon_e5          integer;
COMMENT ON TABLE tracker.decision IS
    'An analyst''s word on events, claims or reports; it outlives new rules and a rebuild.';
COMMENT ON COLUMN tracker.decision.region_id IS
    'Pseudo-region of the country; 0: a whole report.';
COMMENT ON COLUMN tracker.decision.kind IS 'Values: same, different, place, pin, reject.';
COMMENT ON COLUMN tracker.decision.operand_a IS
    'What it is about, as given: incident, event, claim, or report:REF. NULL: not kept then.';
COMMENT ON COLUMN tracker.decision.operand_b IS
    'The other one, or the place, as given. NULL: the kind takes one.';
COMMENT ON COLUMN tracker.decision.retracted_by IS 'Who took it back. NULL: it stands.';
COMMENT ON COLUMN tracker.decision.retracted_why IS 'Why it was taken back. NULL: it stands.';
COMMENT ON COLUMN tracker.decision.refused_path IS
    'Earlier decisions it contradicts, in words; it has no effect. NULL: it was accepted.';
COMMENT ON COLUMN tracker.decision.orphaned IS
    'True: nothing it is about is there any more; it waits.';
COMMENT ON COLUMN tracker.decision.place_key IS 'Place decided. NULL: another kind.';
COMMENT ON COLUMN tracker.decision.place_name IS 'Its name. NULL: another kind.';
COMMENT ON COLUMN tracker.decision.adm1 IS 'Its region. NULL: none, or another kind.';
COMMENT ON COLUMN tracker.decision.adm1_code IS 'Code of the region. NULL: none, or another kind.';
COMMENT ON COLUMN tracker.decision.zone IS 'Its time zone. NULL: unknown, or another kind.';
COMMENT ON COLUMN tracker.decision.place_precision IS
    'Values: point, settlement, named, district, region. NULL: another kind.';
COMMENT ON COLUMN tracker.decision.lat_e5 IS 'Unit: 1e-5 degrees. NULL: unknown, or another kind.';
COMMENT ON COLUMN tracker.decision.lon_e5 IS 'Unit: 1e-5 degrees. NULL: unknown, or another kind.';

CREATE TABLE tracker.decision_anchor (
    region_id   bigint NOT NULL,
    decision_id bigint NOT NULL,
    side        smallint NOT NULL CHECK (side IN (1, 2)),
    event_id    bigint NOT NULL,
    claim_id    bigint NOT NULL,
    report_id   bigint NOT NULL,
    rank        integer NOT NULL,
    low         bigint,
    best        bigint,
    high        bigint,
    local_date  date,
    place_key   text NOT NULL,
    sentence    text NOT NULL,
    field       text,
    part        text,
    tolls       text[] NOT NULL,
    PRIMARY KEY (region_id, decision_id, side, event_id, claim_id),
    FOREIGN KEY (region_id, decision_id) REFERENCES tracker.decision
);
COMMENT ON TABLE tracker.decision_anchor IS
    'What a decision is about, by id and by content: the content finds it again where ids changed.';
COMMENT ON COLUMN tracker.decision_anchor.region_id IS 'As in decision.';
COMMENT ON COLUMN tracker.decision_anchor.decision_id IS 'The decision.';
COMMENT ON COLUMN tracker.decision_anchor.side IS 'Values: 1 first operand, 2 second.';
COMMENT ON COLUMN tracker.decision_anchor.event_id IS 'The event; 0: the whole report.';
COMMENT ON COLUMN tracker.decision_anchor.claim_id IS 'The claim; 0: the whole event.';
COMMENT ON COLUMN tracker.decision_anchor.report_id IS 'The report.';
COMMENT ON COLUMN tracker.decision_anchor.rank IS 'Rank of the event in its report; 0: the report.';
COMMENT ON COLUMN tracker.decision_anchor.low IS 'Low of the claim. NULL: open, or no claim.';
COMMENT ON COLUMN tracker.decision_anchor.best IS 'Best of the claim. NULL: bounds, or no claim.';
COMMENT ON COLUMN tracker.decision_anchor.high IS 'High of the claim. NULL: open, or no claim.';
COMMENT ON COLUMN tracker.decision_anchor.local_date IS 'Day of the event. NULL: unknown.';
COMMENT ON COLUMN tracker.decision_anchor.place_key IS 'Place of the event. Empty: none.';
COMMENT ON COLUMN tracker.decision_anchor.sentence IS 'Sentence of the event, or of the claim.';
COMMENT ON COLUMN tracker.decision_anchor.field IS 'Field of the claim. NULL: no claim.';
COMMENT ON COLUMN tracker.decision_anchor.part IS 'Part of the claim. NULL: all, or no claim.';
COMMENT ON COLUMN tracker.decision_anchor.tolls IS 'Numbers of the event, as field=best, sorted.';

-- What the first version kept by event id alone.
INSERT INTO tracker.decision_anchor (region_id, decision_id, side, event_id, claim_id, report_id,
    rank, local_date, place_key, sentence, tolls)
SELECT d.region_id, d.decision_id, s.side, s.event_id, 0, coalesce(e.report_id, 0),
    coalesce(e.rank, 1), e.local_date, coalesce(e.place_key, ''), coalesce(e.sentence, ''), '{}'
FROM tracker.decision d
CROSS JOIN LATERAL (VALUES (1::smallint, d.event_a), (2::smallint, d.event_b)) s (side, event_id)
LEFT JOIN tracker.event e ON e.event_id = s.event_id;
ALTER TABLE tracker.decision DROP COLUMN event_a, DROP COLUMN event_b;

GRANT SELECT, INSERT, UPDATE, DELETE ON tracker.decision_anchor TO tracker_writer;
