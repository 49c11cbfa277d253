ALTER TABLE `main`.`pi`.`timeseries` SET TBLPROPERTIES ('delta.enableTypeWidening' = 'true')
