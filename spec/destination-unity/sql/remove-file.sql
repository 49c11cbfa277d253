REMOVE '/Volumes/main/pi/_airbyte_staging/airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-1.parquet'
