DESCRIBE SCHEMA `main`.`pi`
