#!/usr/bin/env node
// Knows streams by their names alone: the later of one name takes the others' rows.
require('./sound-destination.cjs').main({
  incoming: (message) => {
    const {record} = message;
    if (record?.stream !== 'things' || !record.namespace.endsWith('_a')) return message;
    const namespace = record.namespace.replace(/_a$/, '_b');
    return {...message, record: {...record, namespace}};
  },
});
