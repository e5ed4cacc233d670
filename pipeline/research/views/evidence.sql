-- Any record with its words: what says it, the sentence or cell around it, the headings above it, its page.
--
-- The section is the last that begins before the record. Words are cut from the section's own text, which is short; only
-- those of a heading, or of a record that goes on behind its section, from the whole document.

CREATE VIEW evidence AS
WITH placed AS (
    SELECT r.*, s.section_id, s.text AS body, s.char_start AS base,
        r.char_start >= s.char_start AND greatest(r.char_end, coalesce(r.sentence_end, 0)) <= s.char_end
            AND coalesce(r.sentence_start, r.char_start) >= s.char_start AS is_in_body
    FROM records r ASOF LEFT JOIN sections s ON r.doc_id = s.doc_id AND r.char_start >= s.heading_start
)
SELECT
    p.record_id, p.table_name, p.doc_id, d.source_path, d.region,
    CASE WHEN is_in_body THEN words_at(body, base, p.char_start, p.char_end)
        ELSE words_at(d.text, 0, p.char_start, p.char_end) END AS evidence,
    CASE
        WHEN p.table_name = 'sections' THEN folded(words_at(d.text, 0, p.char_start, p.char_end))
        WHEN sentence_start IS NOT NULL AND is_in_body THEN folded(words_at(body, base, sentence_start, sentence_end))
        WHEN sentence_start IS NOT NULL THEN folded(words_at(d.text, 0, sentence_start, sentence_end))
        WHEN is_in_body THEN sentence_at(body, base, p.char_start, p.char_end)
        ELSE sentence_at(d.text, 0, p.char_start, p.char_end) END AS sentence,
    p.row_label, p.column_label, h.heading_path, p.section_id,
    p.page, p.x0, p.top, p.x1, p.bottom, p.char_start, p.char_end,
    d.same_content_as IS NOT NULL AS is_copy
FROM placed p
JOIN documents d ON p.doc_id = d.doc_id
LEFT JOIN heading_paths h ON p.section_id = h.section_id;

COMMENT ON VIEW evidence IS 'any record with its words: evidence(''record_id'') gives one';
COMMENT ON COLUMN evidence.table_name IS 'table that the record stands in';
COMMENT ON COLUMN evidence.evidence IS 'the record''s own words, as the source spells them';
COMMENT ON COLUMN evidence.sentence IS 'sentence or cell that holds them, white space folded';
COMMENT ON COLUMN evidence.row_label IS 'what its row in a table is about';
COMMENT ON COLUMN evidence.column_label IS 'what its column in a table is about';
COMMENT ON COLUMN evidence.heading_path IS 'headings that it stands under, the main one first';
COMMENT ON COLUMN evidence.is_copy IS 'whether its document says the same as another that counts';

CREATE MACRO evidence(id) AS TABLE SELECT * FROM evidence WHERE record_id = id;
