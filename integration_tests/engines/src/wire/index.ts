/**
 * The outside of a SQL warehouse, as the unmodified driver `@databricks/sql` meets it.
 * What stands behind is the owner's: a real engine, or a stand-in.
 *
 * - `startWarehouseServer({answer, storage, tokens, faults})` serves https on a free
 *   loopback port and hands out the authority's certificate. `answer` gets each decoded
 *   Thrift call and returns a response struct, or bytes that are passed on untouched.
 * - `answerLocally(call, {sessions, operations, newSession, execute})` answers every
 *   call from books kept here: the owner only runs statements (`execute`), returning an
 *   `Answer` (typed columns and rows; `NO_RESULT` without columns) or throwing `SqlError`.
 *   `Sessions.forgetAll()` and `Operations.forgetAll()` are a restart of the warehouse.
 * - `answerVolumeStatement(sql, namespace, storage)` answers `PUT`, `GET`, `REMOVE`,
 *   `LIST` and the statements about volumes, told by `isVolumeStatement(sql)`; `Storage` keeps volumes as folders, signs
 *   URLs, and is what the server's Files API reads and writes.
 * - `Tokens` judges `Authorization` headers and grants tokens to service principals;
 *   `expireIssued()` makes all granted ones invalid.
 * - `FaultSchedule` is asked before and after each request acts and may answer in its
 *   stead or cut the connection; to be slow it resolves late.
 * - `tokenize` and its companions take a statement apart without touching literals.
 */
export {NO_RESULT, textAnswer, type Answer} from './answers/answer';
export {answerLocally, maxRowsOf} from './answers/local-warehouse';
export {Operations} from './answers/operations';
export {Sessions, WAREHOUSE_PROTOCOL} from './answers/sessions';
export {SqlError, sqlStateOf} from './answers/sql-error';
export {
  restError,
  type Exchange,
  type Failure,
  type FaultSchedule,
} from './server/exchange';
export type {ReceivedCall} from './server/thrift-route';
export {Tokens} from './server/tokens';
export {startWarehouseServer, type WarehouseServer} from './server/warehouse-server';
export * from './sql/tokens';
export {
  answerVolumeStatement,
  isVolumeStatement,
  type Namespace,
} from './sql/volume-statements';
export {Storage} from './storage/storage';
export {pathNotFound} from './storage/volumes';
export type {
  Call,
  Fields,
  Method,
  RequestOf,
  Response,
  ResponseOf,
} from './thrift/calls';
export {decodeResponse, encodeRequest} from './thrift/codec';
export {int64} from './thrift/int64';
export {failure, success} from './thrift/status';
