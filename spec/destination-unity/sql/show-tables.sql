SHOW TABLES IN `main`.`pi` LIKE '_airbyte_timeseries_gen*'
