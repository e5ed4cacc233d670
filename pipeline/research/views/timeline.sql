-- Dated expressions in the order of time.

CREATE VIEW timeline AS
SELECT
    r.region, d.start_date, d.end_date, d.value, d.mod, d.text, e.sentence, e.heading_path, r.kind, r.source_path,
    r.report_day, d.start_date > r.report_day AS is_ahead, d.anchor, d.warning, d.page, d.record_id, d.doc_id
FROM dates d
JOIN reports r USING (doc_id)
JOIN (SELECT * FROM evidence WHERE table_name = 'dates') e USING (doc_id, record_id)
WHERE d.type = 'DATE' AND d.start_date IS NOT NULL
ORDER BY d.start_date, d.end_date, r.source_path, d.char_start;

COMMENT ON VIEW timeline IS 'dates whose days are known, in the order of time, each with its sentence';
COMMENT ON COLUMN timeline.kind IS 'kokonaisuus, toimintamalli, oma_arviointi or muu';
COMMENT ON COLUMN timeline.value IS 'TIMEX3 value: 2022-09-30, 2021-05, 2021-SP, 2021-12/2022-01';
COMMENT ON COLUMN timeline.text IS 'the expression as the source spells it';
COMMENT ON COLUMN timeline.is_ahead IS 'whether it lies behind the day of its report: planned then';
COMMENT ON COLUMN timeline.sentence IS 'sentence or cell that holds it, white space folded';
COMMENT ON COLUMN timeline.heading_path IS 'headings that it stands under, the main one first';
COMMENT ON COLUMN timeline.start_date IS 'first day, inclusive; null where it is unknown';
