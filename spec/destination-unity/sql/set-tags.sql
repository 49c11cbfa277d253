ALTER TABLE `main`.`pi`.`timeseries` SET TAGS ('airbyte_stream' = 'timeseries')
