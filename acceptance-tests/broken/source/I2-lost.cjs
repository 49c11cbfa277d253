#!/usr/bin/env node
// Resumes behind the place that the state names.
require('./sound-source.cjs').main({
  resumeAt: (position, name, {config}) =>
    config.note === 'incremental' && position % 40 !== 0 ? position + 1 : position,
});
