CREATE TABLE IF NOT EXISTS `main`.`pi`.`timeseries` (
  `_airbyte_raw_id` STRING,
  `tag_webid` STRING NOT NULL COMMENT 'WebID.',
  `timestamp` TIMESTAMP NOT NULL,
  `odd_7e3a9c01` DOUBLE
)
USING DELTA
CLUSTER BY (`tag_webid`, `timestamp`)
COMMENT 'Stream timeseries, loaded by Airbyte.'
TBLPROPERTIES ('airbyte.origin' = '[null,"timeseries"]', 'airbyte.member.odd_7e3a9c01' = 'odd`s \u0024{name}\n')
