-- How much the documents of each region say about each topic.

CREATE VIEW region_topics AS
SELECT
    r.region, t.lexicon, t.topic, any_value(t.name) AS name, any_value(t.parent) AS parent,
    count(DISTINCT t.doc_id) AS n_documents, count(*) AS n_sections, sum(t.count)::BIGINT AS n_times,
    min(r.report_day) AS first_report, max(r.report_day) AS last_report
FROM topics t
JOIN reports r USING (doc_id)
GROUP BY r.region, t.lexicon, t.topic
ORDER BY r.region, n_times DESC, t.topic;

COMMENT ON VIEW region_topics IS 'regions × topics: how much is said about each service, method and model';
COMMENT ON COLUMN region_topics.name IS 'name of the topic';
COMMENT ON COLUMN region_topics.parent IS 'id of the topic above it';
COMMENT ON COLUMN region_topics.n_documents IS 'documents of the region that name it';
COMMENT ON COLUMN region_topics.n_sections IS 'sections that name it';
COMMENT ON COLUMN region_topics.n_times IS 'times that they name it';
COMMENT ON COLUMN region_topics.first_report IS 'day of the earliest of these documents';
COMMENT ON COLUMN region_topics.last_report IS 'day of the latest';
COMMENT ON COLUMN region_topics.lexicon IS 'lexicon that has the topic';
COMMENT ON COLUMN region_topics.topic IS 'id of the topic in its lexicon';
