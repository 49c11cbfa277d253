import {type FaultRule} from '../faults/fault-rule';
import {type Answer, errorsAnswer, jsonAnswer} from './answer';

/** The answer a fault asks for. */
export function failure(fault: FaultRule): Answer {
  const {status = 500, message = `Simulated status ${status}.`, retryAfter} = fault;
  const answer = failureBody(fault, status, message);
  const extra = retryAfter === undefined ? {} : {'Retry-After': String(retryAfter)};
  return {...answer, headers: {...answer.headers, ...extra}};
}

/** What a client hears who has asked too often. */
export function rateLimitReached(): Answer {
  return errorsAnswer(429, ['Rate limit was reached.']);
}

function failureBody(
  {body = 'errors'}: FaultRule,
  status: number,
  message: string,
): Answer {
  switch (body) {
    case 'errors':
      return errorsAnswer(status, [message]);
    case 'message':
      return jsonAnswer({Message: message}, status);
    case 'text':
      return jsonAnswer(message, status);
    case 'html':
      return htmlAnswer(status, {title: message, text: message});
    case 'empty':
      return {status, headers: {}, body: undefined};
  }
}

/** A page as proxies and HTTP.sys write it. */
export function htmlAnswer(
  status: number,
  {title, text}: {readonly title: string; readonly text: string},
): Answer {
  return {
    status,
    headers: {'Content-Type': 'text/html'},
    body: [`<html><head><title>${title}</title></head><body>${text}</body></html>`],
  };
}
