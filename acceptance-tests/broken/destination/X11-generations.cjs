#!/usr/bin/env node
// Truncates at the start of a refresh instead of at its end.
require('./sound-destination.cjs').main({
  opened: (table, {generation, stored}) => {
    if (generation > stored) table.replace();
  },
});
