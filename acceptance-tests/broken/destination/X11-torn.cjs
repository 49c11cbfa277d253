#!/usr/bin/env node
// Passes over a torn line, and with it over a record.
require('./sound-destination.cjs').main({torn: () => undefined});
