#!/usr/bin/env node
// Its page has headings in another order.
require('./sound-source.cjs').main();
