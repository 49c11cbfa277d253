ALTER TABLE `main`.`pi`.`timeseries` CLUSTER BY (`tag_webid`, `timestamp`)
