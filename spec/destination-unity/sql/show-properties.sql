SHOW TBLPROPERTIES `main`.`pi`.`timeseries`
