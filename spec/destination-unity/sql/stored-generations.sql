SELECT
  CAST(MIN(COALESCE(`_airbyte_generation_id`, 0)) AS STRING) AS least,
  CAST(MAX(COALESCE(`_airbyte_generation_id`, 0)) AS STRING) AS greatest
FROM `main`.`pi`.`timeseries`
