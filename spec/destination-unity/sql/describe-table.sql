DESCRIBE TABLE `main`.`pi`.`timeseries`
