-- Documents × tables: what is there, and what is silently absent.

CREATE VIEW coverage AS
WITH counted AS (
    SELECT table_name, doc_id, count(*) AS n_rows FROM records GROUP BY ALL
    UNION ALL
    SELECT 'section_goals', doc_id, count(*) FROM section_goals GROUP BY ALL
), names AS (SELECT DISTINCT table_name FROM counted WHERE table_name NOT IN ('repairs', 'uncovered'))
SELECT
    r.region, r.kind, r.source_path, r.report_day, n.table_name, coalesce(c.n_rows, 0) AS n_rows,
    round(avg((c.n_rows > 0 AND c.n_rows IS NOT NULL)::INT) OVER (PARTITION BY r.kind, n.table_name), 2) AS usual,
    c.n_rows IS NULL AND usual >= 0.5 AS is_absent, r.doc_id
FROM reports r CROSS JOIN names n
LEFT JOIN counted c ON c.doc_id = r.doc_id AND c.table_name = n.table_name;

COMMENT ON VIEW coverage IS 'documents × tables: rows in each, and what is absent though most of the kind have it';
COMMENT ON COLUMN coverage.kind IS 'kokonaisuus, toimintamalli, oma_arviointi or muu';
COMMENT ON COLUMN coverage.table_name IS 'table';
COMMENT ON COLUMN coverage.n_rows IS 'rows of the document in the table';
COMMENT ON COLUMN coverage.usual IS 'share of the documents of the same kind that have any, 0..1';
COMMENT ON COLUMN coverage.is_absent IS 'whether it has none though half of its kind or more have some';
