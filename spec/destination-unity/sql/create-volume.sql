CREATE VOLUME IF NOT EXISTS `main`.`pi`.`_airbyte_staging`
COMMENT 'Files on their way into tables.'
