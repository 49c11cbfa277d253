import * as types from '@databricks/sql/thrift/TCLIService_types';

/** The operations of the SQL gateway that a warehouse must know, with their messages. */
interface Messages {
  OpenSession: [types.TOpenSessionReq, types.TOpenSessionResp];
  CloseSession: [types.TCloseSessionReq, types.TCloseSessionResp];
  ExecuteStatement: [types.TExecuteStatementReq, types.TExecuteStatementResp];
  GetOperationStatus: [types.TGetOperationStatusReq, types.TGetOperationStatusResp];
  GetResultSetMetadata: [
    types.TGetResultSetMetadataReq,
    types.TGetResultSetMetadataResp,
  ];
  FetchResults: [types.TFetchResultsReq, types.TFetchResultsResp];
  CancelOperation: [types.TCancelOperationReq, types.TCancelOperationResp];
  CloseOperation: [types.TCloseOperationReq, types.TCloseOperationResp];
}

export type Method = keyof Messages;
export type RequestOf<M extends Method> = Messages[M][0];
export type ResponseOf<M extends Method> = Messages[M][1];
/** What a message holds, whether or not in an instance of its class. */
export type Fields<T> = {readonly [K in keyof T]: T[K]};
export type Response = ResponseOf<Method>;

/** A decoded call. `method` tells which request it carries. */
export type Call = {
  [M in Method]: {readonly method: M; readonly request: RequestOf<M>};
}[Method];

type Constructor<T> = new () => T;

const MESSAGES: {
  readonly [M in Method]: readonly [
    Constructor<RequestOf<M>>,
    Constructor<ResponseOf<M>>,
  ];
} = {
  OpenSession: [types.TOpenSessionReq, types.TOpenSessionResp],
  CloseSession: [types.TCloseSessionReq, types.TCloseSessionResp],
  ExecuteStatement: [types.TExecuteStatementReq, types.TExecuteStatementResp],
  GetOperationStatus: [types.TGetOperationStatusReq, types.TGetOperationStatusResp],
  GetResultSetMetadata: [
    types.TGetResultSetMetadataReq,
    types.TGetResultSetMetadataResp,
  ],
  FetchResults: [types.TFetchResultsReq, types.TFetchResultsResp],
  CancelOperation: [types.TCancelOperationReq, types.TCancelOperationResp],
  CloseOperation: [types.TCloseOperationReq, types.TCloseOperationResp],
};

export function isMethod(name: string): name is Method {
  return Object.hasOwn(MESSAGES, name);
}

export function emptyRequest<M extends Method>(method: M): RequestOf<M> {
  return new MESSAGES[method][0]();
}

export function emptyResponse<M extends Method>(method: M): ResponseOf<M> {
  return new MESSAGES[method][1]();
}
