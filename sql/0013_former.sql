-- The toll that an event's toll rose from ("to 31 from 25"): no figure of its own, but a sign of the
-- strike whose toll it was.
ALTER TABLE tracker.event
    ADD COLUMN former_killed  bigint,
    ADD COLUMN former_wounded bigint;
COMMENT ON COLUMN tracker.event.former_killed IS
    'The number killed that its toll rose from. NULL: the report tells none.';
COMMENT ON COLUMN tracker.event.former_wounded IS
    'The number wounded that its toll rose from. NULL: the report tells none.';
