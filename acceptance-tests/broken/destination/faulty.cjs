#!/usr/bin/env node
// The sound destination with the fault that the environment variable FAULT names: smaller
// faults than those of the scripts beside it, each found by one rule of X11.
const {main} = require('./sound-destination.cjs');

const onState = (change) => ({
  message: (message) =>
    message.state ? {...message, state: change(message.state)} : message,
});
const onRow = (change) => ({
  entry: ({row, ...entry}) => ({...entry, row: {...row, ...change(row)}}),
});

const FAULTS = {
  'states: counts from the beginning': () => {
    const totals = new Map();
    return onState(({destinationStats, ...state}) => {
      const key = JSON.stringify(state.stream?.stream_descriptor);
      const recordCount = (totals.get(key) ?? 0) + destinationStats.recordCount;
      totals.set(key, recordCount);
      return {...state, destinationStats: {recordCount}};
    });
  },
  'states: no counts': () => onState(({destinationStats: _, ...state}) => state),
  'states: unknown members left out': () =>
    onState(({partition_id: _, ...state}) => state),
  'states: numbers as doubles': () => onState((state) => ({...state})),
  'states: those without records left out': () => ({
    message: (message) =>
      message.state?.destinationStats.recordCount === 0 ? [] : message,
  }),
  'states: one twice': () => ({
    message: (message) => (message.state ? [message, message] : message),
  }),
  'global: counts one stream': () =>
    onState((state) => ({...state, destinationStats: {recordCount: 1}})),
  'noise: fails on text': () => ({unreadable: () => 'torn'}),
  'noise: fails on an undeclared member': () => ({
    incoming: (message) => {
      if (message.record?.data.undeclared) process.exit(1);
      return message;
    },
  }),
  'noise: takes STARTED for the end of rows': () => {
    let isOver = false;
    return {
      incoming: (message) => {
        if (message.trace?.stream_status?.status === 'RUNNING') isOver = true;
        return isOver && message.record ? undefined : message;
      },
    };
  },
  'torn: quotes the line': () => ({torn: (line) => `This is no JSON: ${line}`}),
  'torn: goes on behind it': () => {
    let torn = false;
    return {
      torn: () => {
        torn = true;
      },
      exit: (code) => (torn ? 1 : code),
    };
  },
  'torn: throws away what came before': () => {
    let torn;
    return {
      batch: (entries) => (torn ? [] : entries),
      torn: (line) => (torn = `A line of ${line.length} characters is broken.`),
      isHasty: () => true,
    };
  },
  'strangers: given to whoever is there': () => ({
    incoming: (message) => {
      const {record} = message;
      return record?.stream === 'strangers'
        ? {...message, record: {...record, stream: 'things'}}
        : message;
    },
  }),
  'unended: throws the rows away': () => {
    let isComplete = false;
    return {
      incoming: (message) => {
        if (message.trace?.stream_status?.status === 'COMPLETE') isComplete = true;
        return message;
      },
      batch: (entries, {mode}) => (isComplete && entries.length === 1 ? [] : entries),
    };
  },
  'unended: says no reason': () => ({
    message: (message) => (message.trace?.error ? [] : message),
  }),
  'unended: keeps the states': () => ({
    incoming: (message) =>
      message.state?.stream?.stream_descriptor.name === 'broken' ? undefined : message,
  }),
  'incomplete: takes it for COMPLETE': () => ({
    incoming: (message) => {
      const text = JSON.stringify(message);
      return JSON.parse(text.replace('"INCOMPLETE"', '"COMPLETE"'));
    },
  }),
  'values: ids that repeat': () => onRow(() => ({_airbyte_raw_id: 'always the same'})),
  'values: extracted when stored': () =>
    onRow(() => ({_airbyte_extracted_at: new Date().toISOString()})),
  'values: no generation': () => onRow(() => ({_airbyte_generation_id: 0})),
  'values: no sync': () =>
    onRow(({_airbyte_meta: {changes}}) => ({_airbyte_meta: {changes}})),
  "values: the source's changes left out": () =>
    onRow(({_airbyte_meta: {sync_id}}) => ({_airbyte_meta: {sync_id, changes: []}})),
  'values: empty texts as null': () => onRow(({empty}) => ({empty: empty || null})),
  'values: milliseconds': () =>
    onRow(({at}) => ({at: at && new Date(at).toISOString()})),
  'values: zones left out': () =>
    onRow(({elsewhere}) => ({elsewhere: elsewhere?.replace('+05:30', 'Z')})),
  'values: 38 digits cut to 29': () =>
    onRow(({digits}) => ({digits: digits && digits.split('.')[0]})),
  'values: objects as what JavaScript prints': () =>
    onRow(({object}) => ({object: object && String(object)})),
  'misfits: ends at the first': () => ({
    entry: (entry) => {
      if (entry.row._airbyte_meta.changes.length > 0) process.exit(1);
      return entry;
    },
  }),
  'misfits: leaves the row out': () => ({
    batch: (entries) =>
      entries.filter(({row}) => row._airbyte_meta.changes.length === 0),
  }),
  'misfits: takes the nearest integer': () =>
    onRow(({_airbyte_meta: meta, whole}) =>
      meta.changes.some(({field}) => field === 'whole')
        ? {whole: 9223372036854776000, _airbyte_meta: {...meta, changes: []}}
        : {whole},
    ),
  'two syncs: the last to arrive stays': () => {
    let arrived = 0;
    return {entry: ({cursor: _, ...entry}) => ({...entry, at: (arrived += 1)})};
  },
  'two syncs: the time of extraction does not count': () => ({
    entry: (entry) => ({...entry, at: 0}),
  }),
  'two syncs: keys with a null are all different': () => ({
    entry: (entry) =>
      entry.key?.includes('null') ? {...entry, key: String(Math.random())} : entry,
  }),
  'two syncs: only the first part of the key counts': () => ({
    entry: (entry) => (entry.key ? {...entry, key: String(entry.row.unit)} : entry),
  }),
  'two syncs: overwrite appends': () => ({place: () => 'active'}),
  'two syncs: append replaces': () => ({place: () => 'aside'}),
  'generations: never replaces': () => ({place: () => 'active'}),
  'generations: replaces without end': () => ({isReplacing: () => true}),
  'generations: replaces at the same generation': () => ({
    place: (place, {generation, minimum}) => (generation === minimum ? 'aside' : place),
  }),
  'generations: replaces at every new generation': () => ({
    place: (place, {generation, stored}) => (generation > stored ? 'aside' : place),
  }),
  'generations: forgets what was set aside': () => ({
    opened: (table) => table.forget(),
  }),
  'generations: never clears': () => ({
    isReplacing: (isComplete, {place, table}) => isComplete && table.hasRows(place),
  }),
};

module.exports = {FAULTS: Object.keys(FAULTS)};
if (require.main === module) void main(FAULTS[process.env.FAULT]());
