import {edit, type Mutation} from './mutation';

const EMPTY_STREAMS =
  "{kind: 'streams', streams: new Map(request.spans.map(({point}) => [point.webId, pointAnswer([], point)]))}";

/** Breaks in what is done about an answer that did not come, or came broken. */
export const FAILURE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a failed part is skipped',
    says: 'Points that failed are not remembered, and the watermark moves on (S-6, L-3, F-3).',
    edits: [
      edit(
        'sync/timeseries-state',
        'if (failures.length === 0) return laggards;',
        'if (failures.length >= 0) return laggards;',
      ),
    ],
    cases: ['5 % failing points', 'bursts under faults and kills'],
  },
  {
    name: 'one missing point empties the group',
    says: 'A 404 for one point of a set is an empty answer for all (L-5).',
    edits: [
      edit(
        'values/plain-value-reader',
        'if (status !== 200) {',
        `if (status === 404) return ${EMPTY_STREAMS};\n  if (status !== 200) {`,
      ),
    ],
    cases: ['5 % failing points', 'points that are removed'],
  },
  {
    name: 'a failed part is an empty part',
    says: 'Whatever a sub-request failed with, it had no values then (L-3, S-33).',
    edits: [
      edit(
        'values/plain-value-reader',
        'if (status !== 200) {',
        `if (status !== 200) return ${EMPTY_STREAMS};\n  if (status !== 200) {`,
      ),
    ],
    cases: ['parts of a batch that fail'],
  },
  {
    name: 'WebException ignored',
    says: 'An answer that PI broke off is taken for whole (S-33).',
    edits: [
      edit(
        'values/plain-value-reader',
        'if (isObject(WebException))\n',
        'if (false as boolean)\n',
      ),
    ],
    cases: ['answers that break off', 'bursts under faults and kills'],
  },
  {
    name: 'WebException of a stream ignored',
    says: 'A stream that failed inside a good answer is taken for empty (S-33).',
    edits: [
      edit(
        'values/plain-value-reader',
        'isObject(WebException) || (Array.isArray(Errors)',
        'false || (Array.isArray(Errors)',
      ),
    ],
    cases: ['5 % failing points', 'bursts under faults and kills'],
  },
  {
    name: 'a broken connection is an empty answer',
    says: 'What was cut off on the way had nothing in it (S-33, L-21).',
    edits: [
      edit(
        'client/pi-http',
        'return {failure: failureOfNetwork(thrown)};',
        "void failureOfNetwork(thrown); return {value: Buffer.from('{}') as T};",
      ),
      edit(
        'values/plain-value-reader',
        "if (!isObject(answer)) return failed(BROKEN_OFF, 'The answer broke off.');",
        `if (!isObject(answer)) return ${EMPTY_STREAMS};`,
      ),
    ],
    cases: ['answers that break off', 'bursts under faults and kills'],
  },
  {
    name: 'failed work vanishes',
    says: 'A part that is to be asked again is not put back into the queue (S-34).',
    edits: [
      edit(
        'sync/slice-reading',
        'this.queue.unshift({...request, attempt: request.attempt + 1});',
        '',
      ),
    ],
    cases: ['parts of a batch that fail'],
  },
  {
    name: 'half of a split request is forgotten',
    says: 'A request that is halved goes on with its first half alone (S-34).',
    edits: [
      edit(
        'sync/bisect',
        'return [items.slice(0, middle), items.slice(middle)];',
        'return [items.slice(0, middle), items.slice(0, middle)];',
      ),
    ],
    cases: ['5 % failing points', 'bursts under faults and kills'],
  },
  {
    name: 'a laggard’s cursor moves on',
    says: 'A point that failed goes on where it failed in time, not where it stood (S-15, F-3).',
    edits: [edit('sync/laggards', 'cursor: failure.cursor,', 'cursor: failure.at,')],
    cases: ['points that heal later', '5 % failing points'],
  },
  {
    name: 'errors become no value',
    says: 'Values that carry Errors are rows without a word of it (demand 27).',
    edits: [
      edit(
        'values/point-events',
        "if (items.length > 0 && items.every(hasErrors)) {\n    return {kind: 'defect', reason: 'value_errors', lasting: false};\n  }",
        'items = items.filter((item) => !hasErrors(item));',
      ),
      edit(
        'values/event-scanner',
        'this.index.add(at, this.isTied ? tied(shape) : shape);',
        'if (rest.hasErrors) return;\n    this.index.add(at, this.isTied ? tied(shape) : shape);',
      ),
    ],
    cases: ['values with Errors'],
  },
  {
    name: 'failures end well',
    says: 'The process exits with 0 although a stream failed (design P6).',
    edits: [
      edit(
        'runtime/read-engine',
        'emitter.error(summaryOf(failures, catalog.streams.length));\n    return false;',
        'emitter.error(summaryOf(failures, catalog.streams.length));\n    return true;',
      ),
    ],
    cases: ['servers that fail', 'full pages under faults'],
  },
];
