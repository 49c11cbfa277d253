LIST '/Volumes/main/pi/_airbyte_staging/'
