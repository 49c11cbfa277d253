OPTIMIZE `main`.`pi`.`timeseries`
