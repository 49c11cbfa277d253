CREATE TABLE IF NOT EXISTS `main`.`pi`.`_airbyte_timeseries_gen7` (
  `_airbyte_raw_id` STRING
)
USING DELTA
