import {
  TFetchOrientation,
  TOperationState,
  TSparkDirectResults,
  TSparkRowSetType,
  type TExecuteStatementResp,
  type TFetchResultsResp,
  type TGetOperationStatusResp,
  type TGetResultSetMetadataResp,
  type TOperationHandle,
} from '@databricks/sql/thrift/TCLIService_types';

import {int64, maxRowsOf, sqlStateOf, type RequestOf} from '../wire';
import {refusalOf} from './spark-refusal';
import {isRefused, type SparkServer} from './spark-server';

/**
 * How long a statement may delay its first answer. The driver can cancel only what has
 * answered once.
 */
export const DIRECT_RESULTS_MS = 500;

/** Runs a statement on Spark and answers as a warehouse: the first rows come at once. */
export async function forwardStatement(
  spark: SparkServer,
  request: RequestOf<'ExecuteStatement'>,
  sql: string,
): Promise<TExecuteStatementResp> {
  const {sessionHandle, queryTimeout, getDirectResults} = request;
  const response = await spark.call('ExecuteStatement', {
    sessionHandle,
    statement: sql,
    runAsync: true,
    ...(queryTimeout ? {queryTimeout} : {}),
  });
  if (isRefused(response.status)) {
    explain(response.status);
    return response;
  }
  const maxRows = maxRowsOf(getDirectResults);
  if (response.operationHandle && maxRows !== undefined) {
    const direct = await directResults(spark, response.operationHandle, maxRows);
    if (direct !== undefined) response.directResults = direct;
  }
  return response;
}

/** Says of a failed operation what a warehouse says, where a warehouse says it. */
export function asWarehouseStatus(
  status: TGetOperationStatusResp,
): TGetOperationStatusResp {
  if (status.operationState === TOperationState.ERROR_STATE) explain(status);
  return status;
}

/** Columns count from 1: Spark begins with 0, which the driver would lose. */
export function asWarehouseMetadata(
  metadata: TGetResultSetMetadataResp,
): TGetResultSetMetadataResp {
  if (isRefused(metadata.status)) return metadata;
  metadata.resultFormat = TSparkRowSetType.COLUMN_BASED_SET;
  metadata.isStagingOperation = false;
  metadata.lz4Compressed = false;
  metadata.schema?.columns.forEach((column, at) => {
    column.position = at + 1;
  });
  return metadata;
}

async function directResults(
  spark: SparkServer,
  operationHandle: TOperationHandle,
  maxRows: number,
): Promise<TSparkDirectResults | undefined> {
  const ended = await spark.ended(operationHandle, DIRECT_RESULTS_MS);
  if (ended === undefined) return undefined;
  const direct = new TSparkDirectResults({operationStatus: asWarehouseStatus(ended)});
  if (ended.operationState !== TOperationState.FINISHED_STATE) return direct;
  direct.resultSetMetadata = asWarehouseMetadata(
    await spark.call('GetResultSetMetadata', {operationHandle}),
  );
  direct.resultSet = await spark.call('FetchResults', {
    operationHandle,
    orientation: TFetchOrientation.FETCH_NEXT,
    maxRows: int64(maxRows),
  });
  const isWhole = rowCount(direct.resultSet) < maxRows;
  direct.resultSet.hasMoreRows = !isWhole;
  if (isWhole)
    direct.closeOperation = await spark.call('CloseOperation', {operationHandle});
  return direct;
}

function rowCount({results}: TFetchResultsResp): number {
  const kinds = Object.values(results?.columns?.[0] ?? {}) as ({
    readonly values: readonly unknown[];
  } | null)[];
  return kinds.find((kind) => kind !== null)?.values.length ?? 0;
}

function explain(status: {
  errorMessage?: string;
  displayMessage?: string;
  sqlState?: string;
}): void {
  const refusal = refusalOf(status.errorMessage ?? '');
  status.errorMessage = refusal.message;
  status.displayMessage = refusal.message;
  const sqlState = sqlStateOf(refusal);
  if (sqlState !== undefined) status.sqlState = sqlState;
}
