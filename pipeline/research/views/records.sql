-- Every record that can be traced, of all tables alike: where it stands, what its row and column in a table are about.

CREATE VIEW records AS
WITH traced AS (
    SELECT 'sections' AS table_name, * EXCLUDE (char_start, char_end),
        heading_start AS char_start, heading_end AS char_end FROM sections
    UNION ALL BY NAME SELECT 'process_goals' AS table_name, * FROM process_goals
    UNION ALL BY NAME
    SELECT 'goal_status' AS table_name, s.*, concat_ws(' ', s.code, g.text) AS row_label, s.period AS column_label
    FROM goal_status s LEFT JOIN process_goals g USING (goal_id)
    UNION ALL BY NAME SELECT 'measures' AS table_name, * FROM measures
    UNION ALL BY NAME
    SELECT 'indicators' AS table_name, *, indicator AS row_label, period AS column_label FROM indicators
    UNION ALL BY NAME SELECT 'projects' AS table_name, *, development_area AS row_label FROM projects
    UNION ALL BY NAME
    SELECT 'project_results' AS table_name, r.*, p.project AS row_label, r.period AS column_label
    FROM project_results r LEFT JOIN projects p USING (project_id)
    UNION ALL BY NAME SELECT 'dates' AS table_name, * FROM dates
    UNION ALL BY NAME SELECT 'percentages' AS table_name, * FROM percentages
    UNION ALL BY NAME SELECT 'quantities' AS table_name, * FROM quantities
    UNION ALL BY NAME SELECT 'uncovered' AS table_name, * FROM uncovered
    UNION ALL BY NAME SELECT 'repairs' AS table_name, * FROM repairs
    UNION ALL BY NAME SELECT 'lexicon_hits' AS table_name, * FROM lexicon_hits
    UNION ALL BY NAME SELECT 'topics' AS table_name, * FROM topics
    UNION ALL BY NAME SELECT 'activities' AS table_name, * FROM activities
)
SELECT
    table_name, record_id, doc_id, char_start, char_end, page, x0, top, x1, bottom,
    sentence_start, sentence_end, row_label, column_label
FROM traced;

COMMENT ON VIEW records IS 'every record of every table but tokens, and where it stands';
COMMENT ON COLUMN records.table_name IS 'table that the record stands in';
