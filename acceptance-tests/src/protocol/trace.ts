import {listOf, NUMBER, oneOfTexts, shape, TEXT, WHOLE_NUMBER} from './shapes';
import {STREAM_DESCRIPTOR} from './state';

const ERROR = shape(
  {message: TEXT},
  {
    internal_message: TEXT,
    stack_trace: TEXT,
    failure_type: oneOfTexts('system_error', 'config_error', 'transient_error'),
    stream_descriptor: STREAM_DESCRIPTOR,
  },
);

const REASON = shape(
  {type: oneOfTexts('RATE_LIMITED')},
  {rate_limited: shape({}, {quota_reset: WHOLE_NUMBER})},
);

const STREAM_STATUS = shape(
  {
    stream_descriptor: STREAM_DESCRIPTOR,
    status: oneOfTexts('STARTED', 'RUNNING', 'COMPLETE', 'INCOMPLETE'),
  },
  {reasons: listOf(REASON)},
);

const ESTIMATE = shape(
  {name: TEXT, type: oneOfTexts('STREAM', 'SYNC')},
  {namespace: TEXT, row_estimate: WHOLE_NUMBER, byte_estimate: WHOLE_NUMBER},
);

const TYPED_MEMBER = {
  ERROR: ['error', ERROR],
  STREAM_STATUS: ['stream_status', STREAM_STATUS],
  ESTIMATE: ['estimate', ESTIMATE],
  ANALYTICS: ['analytics', shape({type: TEXT}, {value: TEXT})],
} as const;

/** A trace has the member that its type says. */
export const TRACE = {
  ...shape(
    {type: oneOfTexts(...Object.keys(TYPED_MEMBER)), emitted_at: NUMBER},
    Object.fromEntries(Object.values(TYPED_MEMBER)),
  ),
  allOf: Object.entries(TYPED_MEMBER).map(([type, [member]]) => ({
    if: {properties: {type: {const: type}}},
    then: {required: [member]},
  })),
};
