#!/usr/bin/env node
// Echoes states before their rows are stored.
require('./sound-destination.cjs').main({isHasty: () => true});
