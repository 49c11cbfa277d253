#!/usr/bin/env node
// Gives the reason of a pause at the end of the stream.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {trace} = message;
    if (trace?.stream_status?.status !== 'COMPLETE' || config.note !== 'own') {
      return message;
    }
    const reasons = [{type: 'RATE_LIMITED', rate_limited: {quota_reset: 1}}];
    const stream_status = {...trace.stream_status, reasons};
    return {...message, trace: {...trace, stream_status}};
  },
});
