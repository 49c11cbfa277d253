import {ConfigError, TransientError, type ConnectorError} from 'airbyte-cdk-ts';

import {networkFailure} from '../../../http/network-failure';
import {statusFailure} from '../../../http/status-failure';
import type {Fault} from './fault';
import type {Wait} from './outcome-rules';

const ADVICE: Readonly<Record<Wait, string>> = {
  starting:
    'The warehouse did not start in time. Look at its state and its events in the workspace: it may lack capacity or a quota.',
  busy: 'The warehouse stayed too busy. Look at its queue in the workspace, or give it more clusters.',
  conflict:
    'Another writer kept changing the same table. Look in the history of the table for who writes to it at the same time.',
  loading:
    'An earlier load of the same files has not ended. Look for a running COPY INTO in the query history of the workspace.',
  session:
    'The warehouse kept ending the session. Look at its events in the workspace.',
  network:
    'The way to the warehouse stayed broken. Look at the network and the proxy of this machine.',
  storage: 'Cloud storage did not take the file.',
  unclear:
    'The warehouse kept failing. Look at its events and its query history in the workspace.',
};

const OTHER_WAY =
  'Files go from this machine straight to cloud storage. Where it may not reach that, set the upload to files_api: then they go through the workspace.';

/** The words for a host that cannot be used before somebody has changed something. */
export function lastingFailure(fault: Fault, host: string): ConnectorError {
  if (fault.kind === 'http') return gatewayFailure(fault.status, fault.said, host);
  if (fault.kind !== 'network') return new TransientError(`${host} could not be used.`);
  const {message, details} = networkFailure(fault.fault, fault.host ?? host);
  const tail = fault.at === 'storage' ? ` ${OTHER_WAY}` : '';
  return new ConfigError(`${message}${tail}`, {details});
}

function gatewayFailure(status: number, said: string, host: string): ConnectorError {
  const tail = said === '' ? '' : ` (${said})`;
  if (status === 404 || status === 400) {
    return new ConfigError(
      `${host} knows no SQL warehouse under the HTTP path of the configuration. Copy it from the connection details of the warehouse.${tail}`,
      {details: {status}},
    );
  }
  if (status === 403) {
    return new ConfigError(
      `${host} knows the credentials and does not let them use this warehouse. The principal needs CAN USE on the warehouse, and this machine's address must be allowed.${tail}`,
      {details: {status}},
    );
  }
  return statusFailure({status, host, said});
}

/** The words for what did not pass in time. */
export function exhausted(fault: Fault, wait: Wait, host: string): ConnectorError {
  const advice = wait === 'storage' ? `${ADVICE.storage} ${OTHER_WAY}` : ADVICE[wait];
  if (fault.kind === 'network') {
    const {message, details} = networkFailure(fault.fault, fault.host ?? host);
    return new TransientError(`${message} ${advice}`, {details});
  }
  const details = fault.kind === 'server' ? factsOf(fault) : {status: fault.status};
  return new TransientError(advice, {details});
}

function factsOf({refusal}: Extract<Fault, {kind: 'server'}>): Record<string, string> {
  const {errorClass, sqlState} = refusal;
  return {
    ...(errorClass === '' ? {} : {error_class: errorClass}),
    ...(sqlState === '' ? {} : {sql_state: sqlState}),
  };
}
