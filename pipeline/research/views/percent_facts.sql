-- Percentages with their role and their words.

CREATE VIEW percent_facts AS
SELECT
    r.region, r.source_path, r.report_day, p.role, p.value, p.value_max, p.comparator, p.unit, p.about, p.goal_code,
    p.period, p.period_start, p.period_end, p.reporting_round, p.change, p.compared_to,
    e.sentence, p.row_label, p.column_label, e.heading_path, p.page, p.record_id, p.doc_id
FROM percentages p
JOIN reports r USING (doc_id)
JOIN (SELECT * FROM evidence WHERE table_name = 'percentages') e USING (doc_id, record_id);

COMMENT ON VIEW percent_facts IS 'percentages by what they are (role: result, target, readiness, ...), each with its sentence';
COMMENT ON COLUMN percent_facts.value IS 'the figure; the lower end of a range';
COMMENT ON COLUMN percent_facts.unit IS 'percent or percentage_point';
COMMENT ON COLUMN percent_facts.about IS 'what it measures: the row''s label in a table, else words of its sentence';
COMMENT ON COLUMN percent_facts.goal_code IS 'number of the goal it belongs to';
COMMENT ON COLUMN percent_facts.period IS 'period of its column or sentence';
COMMENT ON COLUMN percent_facts.sentence IS 'sentence or cell that holds it, white space folded';
COMMENT ON COLUMN percent_facts.heading_path IS 'headings that it stands under, the main one first';
