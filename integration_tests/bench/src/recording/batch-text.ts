/**
 * The text around the values of an answer to a batch of `streamsets/recorded`, as PI Web
 * API writes it: `{"r0":…{"WebId":"I1DP…","Items":[…]},…]}},"r1":…}`.
 */
export const ANSWER_HEAD =
  ':{"Status":200,"Headers":{"Content-Type":"application/json; charset=utf-8"},"Content":{"Items":[';
export const ANSWER_TAIL = ']}}';
export const STREAM_HEAD = '{"WebId":"';
export const STREAM_MIDDLE = '","Items":[';
export const STREAM_TAIL = ']}';
export const VALUE_HEAD = '{"Timestamp":"';
