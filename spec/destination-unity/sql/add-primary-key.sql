ALTER TABLE `main`.`pi`.`timeseries` ADD CONSTRAINT `timeseries_pk` PRIMARY KEY (`tag_webid`, `timestamp`)
