-- Incidents are a function of events, decisions and weights: a cell that was settled with other
-- weights than the rule set now gives has to be settled again.

ALTER TABLE tracker.cell ADD COLUMN weights bytea;
COMMENT ON COLUMN tracker.cell.weights IS
    'SHA-256 of the weights (reconcile.yml) it was settled with. NULL: never settled.';
