#!/usr/bin/env node
// Does not say which stream is broken.
require('./sound-source.cjs').main({
  message: (message) => {
    const {trace} = message;
    if (trace?.error?.stream_descriptor?.name !== 'assets') return message;
    const {stream_descriptor: _, ...error} = trace.error;
    return {...message, trace: {...trace, error}};
  },
});
