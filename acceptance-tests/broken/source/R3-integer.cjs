#!/usr/bin/env node
// An integer is written with a fraction.
require('./sound-source.cjs').main({
  text: (line, message) =>
    message.record?.stream === 'assets' ? line.replace('"id":5,', '"id":5.0,') : line,
});
