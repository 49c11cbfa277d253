#!/usr/bin/env node
// A field of two types.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.note.type = ['string', 'integer'];
  },
});
