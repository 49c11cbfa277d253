#!/usr/bin/env node
// A resumed read begins one record behind its state.
require('./sound-source.cjs').main({
  resumeAt: (position, _name, {config}) =>
    config.note === 'own' && position > 0 ? position + 1 : position,
});
