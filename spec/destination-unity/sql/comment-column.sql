ALTER TABLE `main`.`pi`.`timeseries` ALTER COLUMN `value` COMMENT 'Flow of the line. Unit: m3/h.'
