#!/usr/bin/env node
// Every record says that it was emitted at the same instant.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    if (config?.note !== 'full_refresh' || message.type !== 'RECORD') return message;
    return {...message, record: {...message.record, emitted_at: 1767225600000}};
  },
});
