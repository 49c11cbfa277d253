#!/usr/bin/env node
// Prints the headers of its request on standard error.
require('./sound-source.cjs').main({
  begin: ({config}) => {
    const {user, password} = config?.access ?? {};
    const basic = Buffer.from(`${user}:${password}`).toString('base64');
    process.stderr.write(`authorization: Basic ${basic}\n`);
  },
});
