#!/usr/bin/env node
// A status is of a stream that nobody asked for.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream_descriptor: stream, status} = message.trace?.stream_status ?? {};
    if (
      config?.note !== 'basic_read' ||
      !(stream?.name === 'assets' && status === 'COMPLETE')
    )
      return message;
    return [
      message,
      {
        ...message,
        trace: {
          ...message.trace,
          stream_status: {stream_descriptor: {name: 'other'}, status},
        },
      },
    ];
  },
});
