import type {Exchange} from '../wire';

/**
 * What a request is, in one word: the first of its statement, `upload` or `removal` of a
 * staged file, `token`, or the name of the driver's call.
 */
export function requestName(exchange: Exchange): string {
  switch (exchange.kind) {
    case 'thrift':
      return thriftName(exchange);
    case 'presigned':
    case 'files_api':
      return exchange.verb === 'PUT' ? 'upload' : 'removal';
    case 'token':
      return 'token';
    case 'other':
      return 'other';
  }
}

function thriftName({name, call}: Extract<Exchange, {kind: 'thrift'}>): string {
  if (call?.method !== 'ExecuteStatement') return name;
  return /^\w+/.exec(call.request.statement)?.[0] ?? name;
}
