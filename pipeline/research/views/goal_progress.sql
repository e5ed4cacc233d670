-- Readiness of each goal over time. A period that several reports tell of counts as the latest report tells it.

CREATE VIEW goal_progress AS
WITH told AS (
    SELECT
        m.series_id, r.region, r.report_day, r.source_path, g.benefit_goal, s.*,
        coalesce(m.series_id, s.doc_id || ' ' || s.code) AS one_goal
    FROM goal_status s
    JOIN reports r USING (doc_id)
    LEFT JOIN process_goals g USING (goal_id)
    LEFT JOIN series_members m ON m.member_id = s.goal_id
    WHERE s.measure_id IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY one_goal, s.period ORDER BY r.report_day DESC NULLS LAST, r.source_path DESC, s.char_start) = 1
)
SELECT
    t.region, coalesce(x.text, g.text) AS goal, t.code, t.benefit_goal, t.period, t.period_start, t.period_end,
    t.reporting_round, t.percent, t.stage, t.raw,
    lag(t.percent IGNORE NULLS) OVER over_time AS percent_before,
    round(t.percent - percent_before, 6) AS change,
    t.series_id, t.report_day, t.source_path, t.page, t.record_id, t.doc_id
FROM told t
LEFT JOIN series x USING (series_id)
LEFT JOIN process_goals g USING (goal_id)
WINDOW over_time AS (PARTITION BY one_goal ORDER BY t.period_end, t.period_start)
ORDER BY t.region, number_order(coalesce(x.code, t.code)), one_goal, t.period_end, t.period_start;

COMMENT ON VIEW goal_progress IS 'readiness of each goal by region and period, with the change since the one before';
COMMENT ON COLUMN goal_progress.goal IS 'latest wording of the goal';
COMMENT ON COLUMN goal_progress.code IS 'its number in the report that tells it';
COMMENT ON COLUMN goal_progress.benefit_goal IS 'national benefit goal 1..5 that it serves';
COMMENT ON COLUMN goal_progress.period IS '2021-11 for 11/21, 2021-SP for Kevät 2021; period_start and period_end sort it';
COMMENT ON COLUMN goal_progress.percent IS 'readiness in percent; null where the document does not say';
COMMENT ON COLUMN goal_progress.percent_before IS 'the last percent before';
COMMENT ON COLUMN goal_progress.change IS 'percent less percent_before, in percentage points';
COMMENT ON COLUMN goal_progress.series_id IS 'series; null where the cell''s goal is not in process_goals';
