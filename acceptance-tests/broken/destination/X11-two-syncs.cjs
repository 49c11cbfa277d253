#!/usr/bin/env node
// Where no generations are told, finds duplicates only among the rows of one sync.
require('./sound-destination.cjs').main({
  entry: (entry, {generation}) =>
    entry.key && generation === undefined
      ? {...entry, key: `${process.pid} ${entry.key}`}
      : entry,
});
