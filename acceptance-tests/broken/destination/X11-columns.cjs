#!/usr/bin/env node
// Has one column for names that differ in case alone.
require('./sound-destination.cjs').main({
  entry: ({row, ...entry}) => {
    const lower = Object.entries(row).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]);
    return {...entry, row: Object.fromEntries(lower)};
  },
});
