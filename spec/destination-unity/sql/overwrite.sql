INSERT OVERWRITE `main`.`pi`.`timeseries` BY NAME
SELECT
  `_airbyte_raw_id`,
  `_airbyte_extracted_at`,
  `_airbyte_meta`,
  `_airbyte_generation_id`,
  `tag_webid`,
  `timestamp`,
  `value`,
  `attributes`
FROM `main`.`pi`.`_airbyte_timeseries_gen7`
