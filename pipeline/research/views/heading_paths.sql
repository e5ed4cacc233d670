-- The headings above each section, joined to one line.

CREATE VIEW heading_paths AS
WITH RECURSIVE below AS (
    SELECT section_id, doc_id, heading AS heading_path FROM sections WHERE parent_id IS NULL
    UNION ALL
    SELECT s.section_id, s.doc_id, concat_ws(' › ', nullif(b.heading_path, ''), s.heading)
    FROM sections s JOIN below b ON s.parent_id = b.section_id
)
SELECT * FROM below;

COMMENT ON VIEW heading_paths IS 'sections with the headings that they stand under';
COMMENT ON COLUMN heading_paths.heading_path IS 'headings from the main one down to the section''s own, parted by ›';
