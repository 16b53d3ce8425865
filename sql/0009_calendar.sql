-- A country's days, for the calendars of strikes.daily_casualties and daily_munitions.
CREATE INDEX incident_by_country_and_day ON tracker.incident (country, local_date)
    WHERE retired_at IS NULL;
