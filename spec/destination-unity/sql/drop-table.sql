DROP TABLE IF EXISTS `main`.`pi`.`_airbyte_timeseries_gen7`
