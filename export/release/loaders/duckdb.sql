-- Files of parquet have the types in them: SELECT * FROM 'parquet/halts.parquet'. Those of csv have them in the codebook.
CREATE TABLE columns AS SELECT * FROM 'csv/codebook_columns.csv';
CREATE MACRO types_of(name) AS (
  SELECT list(CASE type WHEN 'day' THEN 'DATE' WHEN 'decimal' THEN 'DECIMAL(38,15)' WHEN 'integer' THEN 'BIGINT' WHEN 'boolean' THEN 'BOOLEAN'
    ELSE 'VARCHAR' END ORDER BY position) FROM columns WHERE table_name = name);
CREATE MACRO members(text) AS CASE WHEN text IS NULL THEN [] ELSE string_split(text, ';') END;
CREATE MACRO members_with_gaps(text) AS string_split(coalesce(text, ''), ';');
