-- Who reported on a day is asked by day and by outlet: dashboards look at a month of years.
CREATE INDEX report_by_day ON tracker.report (((published_at AT TIME ZONE 'UTC')::date));
CREATE INDEX report_by_outlet_day ON tracker.report
    (outlet, ((published_at AT TIME ZONE 'UTC')::date));
