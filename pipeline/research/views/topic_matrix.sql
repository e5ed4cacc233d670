-- How much each document says about each of the five national benefit goals; a goal that it leaves out has a row of zeros.

CREATE VIEW topic_matrix AS
WITH spoken AS (
    SELECT doc_id, section_id, benefit_goal, bool_or(source = 'content') AS by_content,
        bool_or(source <> 'content') AS by_heading, max(score) AS score
    FROM section_goals GROUP BY ALL
), counted AS (
    SELECT doc_id, benefit_goal, count(*) AS n_sections, count(*) FILTER (by_heading) AS n_by_heading,
        count(*) FILTER (NOT by_heading) AS n_by_content, sum(length(s.text)) AS n_chars, avg(score) AS mean_score
    FROM spoken JOIN sections s USING (doc_id, section_id) GROUP BY ALL
), goals AS (
    SELECT doc_id, benefit_goal, count(*) AS n_goals FROM process_goals GROUP BY ALL
), sizes AS (
    SELECT doc_id, sum(length(text)) AS n_chars FROM sections GROUP BY ALL
)
SELECT
    r.region, r.kind, r.source_path, r.report_day, g.benefit_goal,
    coalesce(c.n_sections, 0) AS n_sections, coalesce(c.n_by_heading, 0) AS n_by_heading,
    coalesce(c.n_by_content, 0) AS n_by_content, coalesce(c.n_chars, 0)::BIGINT AS n_chars,
    round(coalesce(c.n_chars, 0) / nullif(z.n_chars, 0), 3) AS share, round(c.mean_score, 2) AS mean_score,
    coalesce(p.n_goals, 0) AS n_goals, r.doc_id
FROM reports r
CROSS JOIN (SELECT unnest([1, 2, 3, 4, 5])::INT AS benefit_goal) g
LEFT JOIN counted c ON c.doc_id = r.doc_id AND c.benefit_goal = g.benefit_goal
LEFT JOIN goals p ON p.doc_id = r.doc_id AND p.benefit_goal = g.benefit_goal
LEFT JOIN sizes z ON z.doc_id = r.doc_id;

COMMENT ON VIEW topic_matrix IS 'documents × the five national benefit goals: how much is said about each';
COMMENT ON COLUMN topic_matrix.kind IS 'kokonaisuus, toimintamalli, oma_arviointi or muu';
COMMENT ON COLUMN topic_matrix.benefit_goal IS 'national benefit goal 1..5';
COMMENT ON COLUMN topic_matrix.n_sections IS 'sections that speak about the goal';
COMMENT ON COLUMN topic_matrix.n_by_heading IS 'of these, by their own heading or one above';
COMMENT ON COLUMN topic_matrix.n_by_content IS 'of these, by their content alone';
COMMENT ON COLUMN topic_matrix.n_chars IS 'code points in these sections';
COMMENT ON COLUMN topic_matrix.share IS 'n_chars of those of all the document''s sections; a section may speak about several goals';
COMMENT ON COLUMN topic_matrix.mean_score IS 'mean probability that they speak about it';
COMMENT ON COLUMN topic_matrix.n_goals IS 'goals of the project that serve the benefit goal';
