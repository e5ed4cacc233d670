-- The figures of indicators over all reports of a region. A period that several reports tell of counts as the latest
-- report tells it.

CREATE VIEW indicator_values AS
SELECT
    m.series_id, r.region, i.indicator, i.benefit_goal, i.period, i.period_start, i.period_end, i.reporting_round,
    i.target_period, i.number, i.number_max, i.unit, i.unit_code, i.raw, r.report_day, r.source_path, i.page,
    i.record_id, i.doc_id
FROM indicators i
JOIN reports r USING (doc_id)
JOIN series_members m ON m.member_id = i.indicator_id
QUALIFY row_number() OVER (
    PARTITION BY m.series_id, i.period, i.target_period
    ORDER BY (i.number IS NOT NULL) DESC, r.report_day DESC NULLS LAST, r.source_path DESC, i.char_start) = 1;

COMMENT ON VIEW indicator_values IS 'cells of indicator tables by series and period, of several reports'' the latest';
COMMENT ON COLUMN indicator_values.benefit_goal IS 'national benefit goal 1..5 of the section that holds the table';
COMMENT ON COLUMN indicator_values.period IS 'baseline, target, 2021-11 or 2021-SP';
COMMENT ON COLUMN indicator_values.number IS 'first figure of the cell that measures the indicator; the lower end of a range';
COMMENT ON COLUMN indicator_values.number_max IS 'upper end of a range';
COMMENT ON COLUMN indicator_values.unit IS 'the number''s unit as spelled';
COMMENT ON COLUMN indicator_values.raw IS 'the cell, white space folded';
COMMENT ON COLUMN indicator_values.series_id IS 'series';
