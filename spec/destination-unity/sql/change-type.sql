ALTER TABLE `main`.`pi`.`timeseries` ALTER COLUMN `sequence` TYPE DECIMAL(38,9)
