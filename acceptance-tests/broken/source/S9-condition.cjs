#!/usr/bin/env node
// A rule that a form cannot show.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.note.allOf = [{minLength: 0}];
  },
});
