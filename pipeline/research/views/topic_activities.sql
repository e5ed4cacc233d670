-- What each region says of its services and methods: planned, piloted, in use, rolled out, ended; where and since when.

CREATE VIEW topic_activities AS
SELECT
    r.region, a.name, a.state, a.planned_state, a.negated, a.place, a.start_date, a.end_date, a.date_value,
    a.text, h.parent, a.topic, a.lexicon, r.report_day, r.source_path, a.page, a.record_id, a.doc_id
FROM activities a
JOIN reports r USING (doc_id)
LEFT JOIN (SELECT DISTINCT lexicon, topic, parent FROM topics) h ON h.lexicon = a.lexicon AND h.topic = a.topic
ORDER BY r.region, a.name, a.start_date NULLS LAST, r.report_day, a.char_start;

COMMENT ON VIEW topic_activities IS 'what a region says of a service or method: its phase, denied or not, place, time';
COMMENT ON COLUMN topic_activities.name IS 'name of the topic';
COMMENT ON COLUMN topic_activities.place IS 'place within the region, base form; null where none is named';
COMMENT ON COLUMN topic_activities.start_date IS 'first day of the time that is told: since when it is so';
COMMENT ON COLUMN topic_activities.parent IS 'id of the topic above it';
COMMENT ON COLUMN topic_activities.lexicon IS 'lexicon that has the topic';
COMMENT ON COLUMN topic_activities.topic IS 'id of the topic in its lexicon';
COMMENT ON COLUMN topic_activities.text IS 'the clause as the source spells it';
