-- What several views compute: the days of a period, its half-year, and words by their offsets.

CREATE MACRO first_day_of(period) AS CASE
    WHEN regexp_full_match(period, '\d{4}-\d{2}-\d{2}') THEN TRY_CAST(period AS DATE)
    WHEN regexp_full_match(period, '\d{4}-\d{2}') THEN TRY_CAST(period || '-01' AS DATE)
    WHEN regexp_full_match(period, '\d{4}-WI') THEN TRY_CAST((left(period, 4)::INT - 1) || '-12-01' AS DATE)
    WHEN regexp_full_match(period, '\d{4}(-(SP|SU|FA|H1|H2|Q1|Q2|Q3|Q4))?') THEN
        make_date(left(period, 4)::INT, CASE substr(period, 6)
            WHEN 'SP' THEN 3 WHEN 'SU' THEN 6 WHEN 'FA' THEN 9 WHEN 'H2' THEN 7
            WHEN 'Q2' THEN 4 WHEN 'Q3' THEN 7 WHEN 'Q4' THEN 10 ELSE 1 END, 1)
END;

CREATE MACRO last_day_of(period) AS CASE
    WHEN regexp_full_match(period, '\d{4}-\d{2}-\d{2}') THEN TRY_CAST(period AS DATE)
    ELSE (first_day_of(period) + to_months(CASE
        WHEN regexp_full_match(period, '\d{4}-\d{2}') THEN 1
        WHEN regexp_full_match(period, '\d{4}') THEN 12
        WHEN substr(period, 6, 1) = 'H' THEN 6
        ELSE 3 END) - INTERVAL 1 DAY)::DATE
END;

CREATE MACRO half_year_of(day) AS year(day) || '-H' || (1 + (month(day) > 6)::INT);

-- Goals' numbers in their order: 1.2 before 1.10, P9 before P10.
CREATE MACRO number_order(code) AS list_transform(regexp_extract_all(code, '\d+'), lambda part: part::BIGINT);

CREATE MACRO words_at(source, base, first, past) AS substr(source, first - base + 1, past - first);

CREATE MACRO folded(words) AS trim(regexp_replace(words, '\s+', ' ', 'g'));

-- The sentence around a stretch, within its line: a full stop ends one where a word of two letters, or %, stands
-- before it and a capital, a digit or nothing behind it, which leaves "n. 20 %" and "ks. liite" whole.
CREATE MACRO sentence_before(words) AS regexp_replace(
    regexp_extract(words, '[^\n]*$'), '^.*(?:[\pL\d)]{2}|%)[.!?][”")]?\s+([\p{Lu}\d•–]|$)', '\1');

CREATE MACRO sentence_behind(words) AS coalesce(
    nullif(regexp_extract(
        regexp_extract(words, '^[^\n]*') || ' ', '^(.*?(?:[\pL\d)]{2}|%)[.!?][”")]?)\s+([\p{Lu}\d•–]|$)', 1), ''),
    regexp_extract(words, '^[^\n]*'));

CREATE MACRO sentence_at(source, base, first, past) AS regexp_replace(folded(
    sentence_before(substr(source, greatest(1, first - base - 799), least(first - base, 800)))
    || words_at(source, base, first, past)
    || CASE WHEN regexp_matches(words_at(source, base, first, past), '[\pL%)]{2}[.!?][”")]?\s*$') THEN ''
        ELSE sentence_behind(substr(source, past - base + 1, 800)) END), '^[•*–-] ', '');
