DESCRIBE DETAIL `main`.`pi`.`timeseries`
