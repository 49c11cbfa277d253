#!/usr/bin/env node
// Does not wait for its reader, and keeps each page until its record is taken.
require('./sound-source.cjs').main({
  begin: ({config}) => {
    const {width} = config ?? {};
    if (width === undefined) return;
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text) => {
      const page = Buffer.alloc(width * 20, 1);
      write(text, () => page.fill(0));
      return true;
    };
  },
});
