-- Indicators with what they began at, aim at and reached: one row a series.

CREATE VIEW indicator_series AS
WITH measured AS (
    SELECT series_id, arg_max(unit, report_day) FILTER (unit IS NOT NULL) AS unit,
        arg_max(unit_code, report_day) FILTER (unit_code IS NOT NULL) AS unit_code,
        any_value(number) FILTER (period = 'baseline') AS baseline,
        any_value(raw) FILTER (period = 'baseline') AS baseline_raw,
        arg_max(number, coalesce(target_period, '')) FILTER (period = 'target') AS target,
        max(target_period) FILTER (period = 'target') AS target_period,
        arg_min(number, period_end) FILTER (is_measured AND number IS NOT NULL) AS earliest,
        arg_min(period, period_end) FILTER (is_measured AND number IS NOT NULL) AS earliest_period,
        arg_max(number, period_end) FILTER (is_measured AND number IS NOT NULL) AS latest,
        arg_max(period, period_end) FILTER (is_measured AND number IS NOT NULL) AS latest_period,
        arg_max(record_id, period_end) FILTER (is_measured AND number IS NOT NULL) AS latest_record_id,
        count(number) FILTER (is_measured) AS n_figures, arg_max(benefit_goal, report_day) AS benefit_goal
    FROM (SELECT *, period_end IS NOT NULL AND period NOT IN ('baseline', 'target') AS is_measured FROM indicator_values)
    GROUP BY series_id
)
SELECT
    s.region, s.text AS indicator, m.benefit_goal, m.unit, m.unit_code, m.baseline, m.target, m.target_period,
    m.earliest, m.earliest_period, m.latest, m.latest_period, round(m.latest - coalesce(m.baseline, m.earliest), 6) AS change,
    round(m.target - m.latest, 6) AS to_target, m.n_figures, s.n AS n_reports, m.baseline_raw, m.latest_record_id, s.series_id
FROM measured m JOIN series s USING (series_id)
ORDER BY s.region, s.text;

COMMENT ON VIEW indicator_series IS 'indicators over all reports of a region: baseline, target, latest figure, unit';
COMMENT ON COLUMN indicator_series.indicator IS 'the indicator''s latest name';
COMMENT ON COLUMN indicator_series.benefit_goal IS 'national benefit goal 1..5 of the section that holds the table';
COMMENT ON COLUMN indicator_series.unit IS 'unit as spelled';
COMMENT ON COLUMN indicator_series.baseline IS 'figure of the baseline column; baseline_raw where it is in words';
COMMENT ON COLUMN indicator_series.baseline_raw IS 'the baseline''s cell, white space folded';
COMMENT ON COLUMN indicator_series.target IS 'figure of the target column, of several that of the latest time';
COMMENT ON COLUMN indicator_series.earliest IS 'figure of the first period that has one';
COMMENT ON COLUMN indicator_series.earliest_period IS 'that period';
COMMENT ON COLUMN indicator_series.latest IS 'figure of the last period that has one';
COMMENT ON COLUMN indicator_series.latest_period IS 'that period';
COMMENT ON COLUMN indicator_series.latest_record_id IS 'its record: evidence(latest_record_id) shows the cell';
COMMENT ON COLUMN indicator_series.change IS 'latest less baseline, or less earliest where there is no baseline';
COMMENT ON COLUMN indicator_series.to_target IS 'target less latest';
COMMENT ON COLUMN indicator_series.n_figures IS 'periods with a figure';
COMMENT ON COLUMN indicator_series.n_reports IS 'reports that tell of it, of copies one';
COMMENT ON COLUMN indicator_series.series_id IS 'series';
