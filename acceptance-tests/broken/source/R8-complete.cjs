#!/usr/bin/env node
// A stream never says that it is COMPLETE.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream_descriptor: stream, status} = message.trace?.stream_status ?? {};
    if (
      config?.note !== 'basic_read' ||
      !(stream?.name === 'assets' && status === 'COMPLETE')
    )
      return message;
    return undefined;
  },
});
