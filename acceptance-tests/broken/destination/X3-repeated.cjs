#!/usr/bin/env node
// Finds no duplicates of rows that an interrupted attempt has left.
require('./sound-destination.cjs').main({
  entry: (entry, {isResumed}) =>
    entry.key && isResumed ? {...entry, key: `${process.pid} ${entry.key}`} : entry,
});
