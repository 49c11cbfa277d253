MERGE INTO `main`.`pi`.`timeseries` AS t
USING (
  SELECT
    CAST(`_airbyte_raw_id` AS STRING) AS `_airbyte_raw_id`,
    CAST(`_airbyte_extracted_at` AS TIMESTAMP) AS `_airbyte_extracted_at`,
    CAST(`_airbyte_meta` AS STRING) AS `_airbyte_meta`,
    CAST(`_airbyte_generation_id` AS BIGINT) AS `_airbyte_generation_id`,
    CAST(`tag_webid` AS STRING) AS `tag_webid`,
    CAST(`timestamp` AS TIMESTAMP) AS `timestamp`,
    CAST(`value` AS DOUBLE) AS `value`,
    COALESCE(TRY_PARSE_JSON(`attributes`), CAST(`attributes` AS VARIANT)) AS `attributes`,
    CAST(`_ab_cdc_deleted_at` AS TIMESTAMP) AS `_ab_cdc_deleted_at`
  FROM parquet.`/Volumes/main/pi/_airbyte_staging/airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-3.parquet`
  CROSS JOIN (
    SELECT COUNT(*) AS `_airbyte_keyless` FROM `main`.`pi`.`timeseries` WHERE `tag_webid` IS NULL AND `timestamp` IS NULL
  )
  WHERE `_ab_cdc_deleted_at` IS NULL
    OR `tag_webid` IS NOT NULL
    OR `timestamp` IS NOT NULL
    OR `_airbyte_keyless` > 0
) AS s
ON t.`tag_webid` <=> s.`tag_webid`
  AND t.`timestamp` <=> s.`timestamp`
  AND (t.`timestamp` BETWEEN TIMESTAMP '2026-03-01 06:00:00+00:00' AND TIMESTAMP '2026-03-02 05:59:59.999999+00:00' OR t.`timestamp` IS NULL)
WHEN MATCHED AND s.`_ab_cdc_deleted_at` IS NOT NULL
  AND NOT (t.`_airbyte_raw_id` <=> s.`_airbyte_raw_id`)
  AND (s.`value` > t.`value` OR (t.`value` IS NULL AND s.`value` IS NOT NULL) OR (s.`value` <=> t.`value` AND (s.`_airbyte_extracted_at` >= t.`_airbyte_extracted_at` OR t.`_airbyte_extracted_at` IS NULL))) THEN DELETE
WHEN MATCHED AND NOT (t.`_airbyte_raw_id` <=> s.`_airbyte_raw_id`)
  AND (s.`value` > t.`value` OR (t.`value` IS NULL AND s.`value` IS NOT NULL) OR (s.`value` <=> t.`value` AND (s.`_airbyte_extracted_at` >= t.`_airbyte_extracted_at` OR t.`_airbyte_extracted_at` IS NULL))) THEN UPDATE SET
  `_airbyte_raw_id` = s.`_airbyte_raw_id`,
  `_airbyte_extracted_at` = s.`_airbyte_extracted_at`,
  `_airbyte_meta` = s.`_airbyte_meta`,
  `_airbyte_generation_id` = s.`_airbyte_generation_id`,
  `tag_webid` = s.`tag_webid`,
  `timestamp` = s.`timestamp`,
  `value` = s.`value`,
  `attributes` = s.`attributes`,
  `_ab_cdc_deleted_at` = s.`_ab_cdc_deleted_at`
WHEN NOT MATCHED AND s.`_ab_cdc_deleted_at` IS NULL THEN INSERT
  (`_airbyte_raw_id`, `_airbyte_extracted_at`, `_airbyte_meta`, `_airbyte_generation_id`, `tag_webid`, `timestamp`, `value`, `attributes`, `_ab_cdc_deleted_at`)
  VALUES (s.`_airbyte_raw_id`, s.`_airbyte_extracted_at`, s.`_airbyte_meta`, s.`_airbyte_generation_id`, s.`tag_webid`, s.`timestamp`, s.`value`, s.`attributes`, s.`_ab_cdc_deleted_at`)
