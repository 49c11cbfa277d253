import {TBinaryProtocol, TBufferedTransport, Thrift, type TProtocol} from 'thrift';

import {
  emptyRequest,
  emptyResponse,
  isMethod,
  type Call,
  type Fields,
  type Method,
  type RequestOf,
  type Response,
  type ResponseOf,
} from './calls';

/** What the generated classes can do; their published types do not say so. */
interface Struct {
  read(input: TProtocol): void;
  write(output: TProtocol): void;
}

/** Field numbers under which a message wraps its one argument, or its one result. */
const ARGUMENT = 1;
const RESULT = 0;

/** A message from a client: its name, its number, and the call where it is known. */
export interface Message {
  readonly name: string;
  readonly sequence: number;
  /** Absent where no warehouse needs the operation; such bytes can only be passed on. */
  readonly call?: Call;
}

/** Reads a request in Thrift's binary protocol. Throws on bytes that are none. */
export function decodeRequest(bytes: Buffer): Message {
  const input = reading(bytes);
  const {fname: name, rseqid: sequence} = input.readMessageBegin();
  if (!isMethod(name)) return {name, sequence};
  const request = emptyRequest(name);
  readWrapped(input, request as unknown as Struct, ARGUMENT);
  // The method and its request were paired by emptyRequest.
  return {name, sequence, call: {method: name, request} as Call};
}

/** The bytes of the answer to a message. */
export function encodeResponse(message: Message, response: Response): Buffer {
  return encode(message, Thrift.MessageType.REPLY, {
    struct: response as unknown as Struct,
    field: RESULT,
  });
}

/** The bytes of a call to a server. */
export function encodeRequest<M extends Method>(
  method: M,
  sequence: number,
  fields: Fields<RequestOf<M>>,
): Buffer {
  const request = Object.assign(emptyRequest(method), fields);
  return encode({name: method, sequence}, Thrift.MessageType.CALL, {
    struct: request as unknown as Struct,
    field: ARGUMENT,
  });
}

/** Reads a server's answer. A Thrift exception in its place is thrown. */
export function decodeResponse<M extends Method>(
  method: M,
  bytes: Buffer,
): ResponseOf<M> {
  const input = reading(bytes);
  if (input.readMessageBegin().mtype === Thrift.MessageType.EXCEPTION) {
    const exception = new Thrift.TApplicationException();
    exception.read(input);
    throw exception;
  }
  const response = emptyResponse(method);
  readWrapped(input, response as unknown as Struct, RESULT);
  return response;
}

function reading(bytes: Buffer): TBinaryProtocol {
  const transports: TBufferedTransport[] = [];
  TBufferedTransport.receiver((transport) => transports.push(transport), 0)(bytes);
  const [transport] = transports;
  if (transport === undefined) throw new Error('An empty Thrift message.');
  return new TBinaryProtocol(transport);
}

function readWrapped(input: TProtocol, struct: Struct, wanted: number): void {
  input.readStructBegin();
  for (;;) {
    const {ftype, fid} = input.readFieldBegin();
    if (ftype === Thrift.Type.STOP) break;
    if (fid === wanted && ftype === Thrift.Type.STRUCT) struct.read(input);
    else input.skip(ftype);
    input.readFieldEnd();
  }
  input.readStructEnd();
}

function encode(
  {name, sequence}: Message,
  type: Thrift.MessageType,
  {struct, field}: {readonly struct: Struct; readonly field: number},
): Buffer {
  const chunks: Buffer[] = [];
  const transport = new TBufferedTransport(undefined, (chunk) => {
    if (chunk !== undefined) chunks.push(Buffer.from(chunk));
  });
  const output = new TBinaryProtocol(transport);
  output.writeMessageBegin(name, type, sequence);
  output.writeStructBegin('');
  output.writeFieldBegin('', Thrift.Type.STRUCT, field);
  struct.write(output);
  output.writeFieldEnd();
  output.writeFieldStop();
  output.writeStructEnd();
  output.writeMessageEnd();
  output.flush();
  return Buffer.concat(chunks);
}
