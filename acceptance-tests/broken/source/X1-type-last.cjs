#!/usr/bin/env node
// The type of a record comes after its data.
require('./sound-source.cjs').main({
  message: ({type, ...rest}) => (type === 'RECORD' ? {...rest, type} : {type, ...rest}),
});
