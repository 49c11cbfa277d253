import {listOf, NUMBER, OBJECT, oneOfTexts, shape, TEXT} from './shapes';

export const STREAM_DESCRIPTOR = shape({name: TEXT}, {namespace: TEXT});

const STREAM_STATE = shape(
  {stream_descriptor: STREAM_DESCRIPTOR},
  {stream_state: OBJECT},
);

const COUNTS = shape({}, {recordCount: NUMBER, rejectedRecordCount: NUMBER});

const TYPED_MEMBER = {STREAM: 'stream', GLOBAL: 'global', LEGACY: 'data'} as const;

/** A state has the member that its type says; a missing type is an old LEGACY. */
export const STATE = {
  ...shape(
    {},
    {
      type: oneOfTexts(...Object.keys(TYPED_MEMBER)),
      stream: STREAM_STATE,
      global: shape({stream_states: listOf(STREAM_STATE)}, {shared_state: OBJECT}),
      data: OBJECT,
      sourceStats: COUNTS,
      destinationStats: COUNTS,
    },
  ),
  allOf: Object.entries(TYPED_MEMBER).map(([type, member]) => ({
    if: {required: ['type'], properties: {type: {const: type}}},
    then: {required: [member]},
  })),
};
