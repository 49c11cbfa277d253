#!/usr/bin/env node
// Reads integers as doubles.
require('./sound-destination.cjs').main({
  entry: ({row, ...entry}) => {
    const {greatest} = row;
    const double = greatest ? {greatest: Number(greatest)} : {};
    return {...entry, row: {...row, ...double}};
  },
});
