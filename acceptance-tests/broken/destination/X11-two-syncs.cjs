#!/usr/bin/env node
// Finds duplicates only among the rows of one sync.
require('./sound-destination.cjs').main({
  entry: (entry) =>
    entry.key ? {...entry, key: `${process.pid} ${entry.key}`} : entry,
});
