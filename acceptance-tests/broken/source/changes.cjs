// Changes of the catalog that `discover` tells, for the broken sources beside it. A change
// shows in one section of the plan only: the one whose config bears its name as a note.

/** Other streams than the sound source's. */
const withStreams = (note, change) => (message, given) =>
  message.type === 'CATALOG' && given.config.note === note
    ? {...message, catalog: {streams: change(message.catalog.streams)}}
    : message;

/** One stream with other members. */
const withStream = (note, name, change) =>
  withStreams(note, (streams) =>
    streams.map((stream) => (stream.name === name ? change(stream) : stream)),
  );

/** The stream `assets` with more fields. */
const withFields = (note, fields) =>
  withStream(note, 'assets', ({json_schema: schema, ...stream}) => ({
    ...stream,
    json_schema: {...schema, properties: {...schema.properties, ...fields}},
  }));

/** One stream more, whose members are those of `assets` unless told. */
const withOneMore = (note, members) =>
  withStreams(note, (streams) => [
    ...streams,
    {...streams.find(({name}) => name === 'assets'), name: 'more', ...members},
  ]);

module.exports = {withStreams, withStream, withFields, withOneMore};
