-- Evidence from text, beside the event that it speaks for: rare words, and a sketch of the report
-- by which copies are known.

ALTER TABLE tracker.event
    ADD COLUMN words  integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN sketch integer[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN tracker.event.words IS
    'Its rare words, one number a word: 28 bits of a hash and below them 4 bits of rarity (the '
    'word stands in one report of 2^rarity).';
COMMENT ON COLUMN tracker.event.sketch IS
    'The least hashes of its report''s stretches of five words: reports that share most are '
    'copies. Empty: too short a report to tell.';
