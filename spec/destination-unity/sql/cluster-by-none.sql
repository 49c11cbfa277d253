ALTER TABLE `main`.`pi`.`timeseries` CLUSTER BY NONE
