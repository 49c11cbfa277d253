#!/usr/bin/env node
// Never says that the wait is over.
let isWaiting = false;
require('./sound-source.cjs').main({
  message: (message) => {
    const {status, reasons} = message.trace?.stream_status ?? {};
    if (isWaiting && status === 'RUNNING' && !reasons) return [];
    isWaiting = status === 'COMPLETE' ? false : isWaiting || reasons !== undefined;
    return message;
  },
});
