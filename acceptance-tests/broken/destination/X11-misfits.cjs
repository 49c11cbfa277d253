#!/usr/bin/env node
// Makes null of what does not fit, and tells nobody.
require('./sound-destination.cjs').main({
  entry: ({row, ...entry}) => {
    const meta = row._airbyte_meta;
    const changes = meta.changes.filter(
      ({reason}) => !reason.startsWith('DESTINATION'),
    );
    return {...entry, row: {...row, _airbyte_meta: {...meta, changes}}};
  },
});
