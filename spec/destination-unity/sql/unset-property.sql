ALTER TABLE `main`.`pi`.`timeseries` UNSET TBLPROPERTIES IF EXISTS ('airbyte.successor')
