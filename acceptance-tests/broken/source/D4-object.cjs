#!/usr/bin/env node
// The primary key of a stream is an object.
const {main} = require('./sound-source.cjs');
const {withOneMore} = require('./changes.cjs');

main({
  message: withOneMore('discovery', {
    json_schema: {
      type: 'object',
      properties: {id: {type: ['null', 'object'], properties: {}}},
    },
  }),
});
