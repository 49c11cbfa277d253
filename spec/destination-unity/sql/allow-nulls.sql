ALTER TABLE `main`.`pi`.`timeseries` ALTER COLUMN `tag_webid` DROP NOT NULL
