#!/usr/bin/env node
// Cannot go on with a sync that reads some streams whole.
require('./sound-source.cjs').main({
  exit: (code, command, {config, catalog, state}) => {
    const isResumed = command === 'read' && config.note === 'own' && state?.length > 0;
    const modes = isResumed ? catalog.streams.map((each) => each.sync_mode) : [];
    return modes.includes('full_refresh') ? 1 : code;
  },
});
