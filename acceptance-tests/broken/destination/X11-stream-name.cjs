#!/usr/bin/env node
// Leaves out what it has no letter for: its tables are not found under their names.
require('./sound-destination.cjs').main({
  named: ({name, namespace}) => ({namespace, name: name.replace(/[^ -~]/g, '')}),
});
