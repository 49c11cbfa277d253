import fc from 'fast-check';

import type {Fault} from './fault';
import {refusalOf} from './fault';
import {treatmentOf, type Treatment} from './outcome-rules';

describe('treatmentOf', () => {
  it.each([
    [401, 'new_token'],
    [429, 'busy'],
    [408, 'busy'],
    [503, 'starting'],
    [502, 'unclear'],
    [500, 'unclear'],
    [504, 'unclear'],
    [400, 'failed'],
    [403, 'failed'],
    [404, 'failed'],
    [407, 'failed'],
    [501, 'failed'],
    [302, 'failed'],
  ])('does with status %d of the gateway: %s', (status, expected) => {
    const fault: Fault = {kind: 'http', status, askedMs: undefined, said: ''};

    expect(named(treatmentOf(fault))).toBe(expected);
  });

  it('opens another session when the gateway says that it has gone', () => {
    const said = 'Invalid SessionHandle: SessionHandle [1f]';
    const fault: Fault = {kind: 'http', status: 404, askedMs: undefined, said};

    expect(treatmentOf(fault)).toMatchObject({kind: 'again', session: 'new'});
  });

  it.each([
    ['Invalid SessionHandle: SessionHandle [7c-1]', '', 'session'],
    ['Invalid OperationHandle: OperationHandle [7c-1]', '', 'session'],
    ['BAD_REQUEST: session_id is no longer usable', '', 'session'],
    ['The session was closed or has expired', '', 'session'],
    ['[COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED] Files.', '25000', 'loading'],
    ['[DELTA_CONCURRENT_APPEND] ConcurrentAppendException', '2D521', 'conflict'],
    ['[DELTA_CONCURRENT_DELETE_READ] x', '2D521', 'conflict'],
    ['[DELTA_CONCURRENT_WRITE] x', '2D521', 'conflict'],
    ['[DELTA_METADATA_CHANGED] x', '2D521', 'conflict'],
    ['[DELTA_PROTOCOL_CHANGED] x', '2D521', 'conflict'],
    ['io.delta.exceptions.ConcurrentModificationException: x', '', 'conflict'],
    ['io.delta.exceptions.MetadataChangedException: x', '', 'conflict'],
    ['[DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION] x', '42601', 'conflict'],
    ['[SOME_NEW_CONFLICT] x', '40001', 'conflict'],
    ['TEMPORARILY_UNAVAILABLE: The service is starting', '', 'starting'],
    ['The SQL warehouse 0f is currently stopped', '', 'starting'],
    ['Cluster 0f was terminated', '', 'starting'],
    ['[REQUEST_LIMIT_EXCEEDED] slow down', '', 'busy'],
    ['Too many concurrent queries', '', 'busy'],
    ['[NO_MEMORY_LEFT] x', '53200', 'busy'],
    ['[CONNECTION_LOST] x', '08006', 'network'],
    ['[QUERY_CANCELLED] x', '57014', 'unclear'],
    ['[INTERNAL_ERROR] x', 'XX000', 'unclear'],
    ['[IO_FAILED] x', '58030', 'unclear'],
    ['java.io.IOException: lost', '', 'unclear'],
    ['Error running query', 'HY000', 'unclear'],
    ['[TABLE_OR_VIEW_NOT_FOUND] x', '42P01', 'refused'],
    ['[STATEMENT_TIMEOUT] x', '57KD0', 'refused'],
    ['[PARSE_SYNTAX_ERROR] x', '42601', 'refused'],
    ['[INSUFFICIENT_PERMISSIONS] x', '42501', 'refused'],
    ['[DELTA_NOT_NULL_CONSTRAINT_VIOLATED] x', '23502', 'refused'],
    ['[SCHEMA_NOT_FOUND] The schema `starting` is not there', '42704', 'refused'],
    ['PERMISSION_DENIED: User does not have CREATE TABLE', '', 'refused'],
    ['no class at all', '22003', 'refused'],
  ])('does with %j (%s): %s', (message, sqlState, expected) => {
    const refusal = refusalOf(message, sqlState);

    expect(named(treatmentOf({kind: 'server', refusal, isEnded: false}))).toBe(
      expected,
    );
  });

  it('repeats a statement that the warehouse broke off', () => {
    const refusal = refusalOf('The operation was canceled by a client');

    expect(treatmentOf({kind: 'server', refusal, isEnded: true})).toMatchObject({
      kind: 'again',
      session: 'new',
    });
  });

  it.each([
    [503, Infinity],
    [429, Infinity],
    [500, Infinity],
    [403, 5],
    [404, 5],
    [400, 5],
  ])('tries storage that answers %d at most %d times', (status, maxTries) => {
    expect(treatmentOf({kind: 'storage', status})).toMatchObject({
      wait: 'storage',
      maxTries,
    });
  });

  it.each([
    ['ECONNRESET', 'warehouse', 'network'],
    ['ENOTFOUND', 'warehouse', 'network'],
    ['ECONNREFUSED', 'storage', 'storage'],
    ['', 'storage', 'storage'],
    ['CERT_HAS_EXPIRED', 'warehouse', 'failed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'storage', 'failed'],
  ] as const)('does with %s at the %s: %s', (code, at, expected) => {
    const fault: Fault = {
      kind: 'network',
      fault: {code, text: ''},
      at,
      host: undefined,
    };

    expect(named(treatmentOf(fault))).toBe(expected);
  });

  it('never repeats for ever what the warehouse says of a statement, conflicts apart', () => {
    const WAITED_OUT = [
      'session',
      'loading',
      'conflict',
      'starting',
      'busy',
      'network',
    ];
    const refusals = fc.record({
      errorClass: fc.stringMatching(/^([A-Z]{3,8}_[A-Z]{3,8})?$/),
      sqlState: fc.stringMatching(/^([0-9A-Z]{5})?$/),
      message: fc.string(),
    });

    fc.assert(
      fc.property(refusals, fc.boolean(), (refusal, isEnded) => {
        const treatment = treatmentOf({kind: 'server', refusal, isEnded});

        const isBounded =
          treatment.kind === 'refused' ||
          (treatment.kind === 'again' &&
            (Number.isFinite(treatment.maxTries) ||
              WAITED_OUT.includes(treatment.wait) ||
              isEnded));
        expect(isBounded).toBe(true);
      }),
    );
  });
});

/** What is waited for, or what else is done. */
function named(treatment: Treatment): string {
  return treatment.kind === 'again' ? treatment.wait : treatment.kind;
}
