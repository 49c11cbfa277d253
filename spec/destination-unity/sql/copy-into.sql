COPY INTO `main`.`pi`.`timeseries`
FROM (
  SELECT
    CAST(`_airbyte_raw_id` AS STRING) AS `_airbyte_raw_id`,
    CAST(`_airbyte_extracted_at` AS TIMESTAMP) AS `_airbyte_extracted_at`,
    CAST(`_airbyte_meta` AS STRING) AS `_airbyte_meta`,
    CAST(`_airbyte_generation_id` AS BIGINT) AS `_airbyte_generation_id`,
    CAST(`tag_webid` AS STRING) AS `tag_webid`,
    CAST(`timestamp` AS TIMESTAMP) AS `timestamp`,
    CAST(`value` AS DOUBLE) AS `value`,
    COALESCE(TRY_PARSE_JSON(`attributes`), CAST(`attributes` AS VARIANT)) AS `attributes`
  FROM '/Volumes/main/pi/_airbyte_staging/'
)
FILEFORMAT = PARQUET
FILES = ('airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-1.parquet', 'airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-2.parquet')
