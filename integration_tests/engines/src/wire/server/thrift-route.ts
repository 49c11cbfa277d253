import type {IncomingMessage} from 'node:http';
import {buffer} from 'node:stream/consumers';

import type {Call, Response} from '../thrift/calls';
import {decodeRequest, encodeResponse} from '../thrift/codec';
import type {HttpReply} from './exchange';
import type {Prepared} from './prepared';

/** A Thrift call: decoded where it is one of `Method`, else only its name and bytes. */
export interface ReceivedCall {
  readonly name: string;
  readonly call?: Call;
  readonly bytes: Buffer;
}

/** Answers a call by a response struct, or by bytes that are passed on as they are. */
export type Answerer = (received: ReceivedCall) => Promise<Response | Buffer>;

export async function thriftRoute(
  request: IncomingMessage,
  answer: Answerer,
): Promise<Prepared> {
  const bytes = await buffer(request);
  const message = decodeRequest(bytes);
  const {name, call} = message;
  const known = call === undefined ? {name} : {name, call};
  return {
    exchange: {kind: 'thrift', ...known},
    act: async (): Promise<HttpReply> => {
      const response = await answer({...known, bytes});
      return {
        status: 200,
        headers: {'content-type': 'application/x-thrift'},
        body: Buffer.isBuffer(response) ? response : encodeResponse(message, response),
      };
    },
  };
}
