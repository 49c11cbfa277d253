ALTER TABLE `main`.`pi`.`timeseries` ADD COLUMNS (
  `units` STRING COMMENT 'The point\'s engineering units.',
  `sequence` BIGINT
)
