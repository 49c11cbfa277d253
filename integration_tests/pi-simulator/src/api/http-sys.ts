import {type IncomingMessage} from 'node:http';

import {type Answer} from './answer';
import {htmlAnswer} from './fault-answer';

/** What the HTTP server in front of the API takes; it answers in HTML, to anybody. */
export interface HttpSysLimits {
  /** The target of a request, as sent. */
  readonly maxUrlBytes: number;
  /** Request line and headers together. */
  readonly maxRequestBytes: number;
  /** One segment of the path, decoded. */
  readonly maxSegmentChars: number;
}

/** What a stock server takes. */
export const HTTP_SYS_LIMITS: HttpSysLimits = {
  maxUrlBytes: 16_384,
  maxRequestBytes: 16_384,
  maxSegmentChars: 260,
};

/** Headers that Node must let through so that they can be refused here. */
export const MAX_READ_HEADER_BYTES = 131_072;

/** The page that a request is refused with; undefined for one that may pass. */
export function refusedByHttpSys(
  request: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>,
  limits: HttpSysLimits,
): Answer | undefined {
  const url = request.url ?? '';
  if (url.length > limits.maxUrlBytes) {
    return page(414, 'Request-URI Too Long', 'The requested URL is too long.');
  }
  if (headBytes(request) > limits.maxRequestBytes) {
    return page(
      400,
      'Request Too Long',
      'The size of the request headers is too long.',
    );
  }
  if (longestSegment(url) > limits.maxSegmentChars) {
    return page(400, 'Invalid URL', 'The request URL is invalid.');
  }
  return undefined;
}

function page(status: number, title: string, text: string): Answer {
  return htmlAnswer(status, {
    title: `Bad Request - ${title}`,
    text: `<h2>${title}</h2><hr><p>HTTP Error ${status}. ${text}</p>`,
  });
}

/** Bytes of the request line and the header lines, with their separators. */
function headBytes({
  method = '',
  url = '',
  rawHeaders,
}: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>): number {
  const line = method.length + url.length + ' HTTP/1.1\r\n'.length + 1;
  // Each header comes as name and value, with two bytes of separator behind each.
  return rawHeaders.reduce((sum, text) => sum + text.length + 2, line);
}

function longestSegment(url: string): number {
  const [path = ''] = url.split('?');
  return path
    .split('/')
    .reduce((most, text) => Math.max(most, decoded(text).length), 0);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
