-- The documents that count, without their text: what most other views begin with.

CREATE VIEW reports AS
SELECT
    doc_id, source_path, kind, title, region, region_code, programme,
    coalesce(report_date, modified, created) AS report_day,
    half_year_of(coalesce(report_date, modified, created)) AS report_round,
    language, known_word_share, repaired
FROM documents
WHERE same_content_as IS NULL;

COMMENT ON VIEW reports IS 'documents without their text, of copies of the same report one';
COMMENT ON COLUMN reports.kind IS 'kokonaisuus, toimintamalli, oma_arviointi or muu';
COMMENT ON COLUMN reports.report_day IS 'report_date, else the day a page was modified or created';
COMMENT ON COLUMN reports.report_round IS 'half-year of report_day: 2021-H1, 2021-H2';
COMMENT ON COLUMN reports.repaired IS 'whether the text was degraded and got a repaired twin';
