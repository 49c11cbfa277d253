/**
 * Serves Spark and Delta behind their bridge until it is stopped. Its first line on
 * standard output is a `SparkHello`; Spark is installed before where it is missing.
 */
import {startSparkWarehouse} from 'engines';

import {FilesAway} from './files-away';
import type {SparkHello} from './hello';

async function serve(): Promise<SparkHello> {
  try {
    const folder: {path?: string} = {};
    const warehouse = await startSparkWarehouse({
      faults: {
        before: (exchange) => {
          const call = exchange.kind === 'thrift' ? exchange.call : undefined;
          if (call?.method === 'ExecuteStatement' && folder.path !== undefined)
            new FilesAway(folder.path).seeStatement(call.request.statement);
          return undefined;
        },
        after: () => undefined,
      },
    });
    folder.path = warehouse.warehouseFolder;
    process.once('SIGTERM', () => {
      void warehouse.stop().then(() => process.exit());
    });
    const {host, port, httpPath, token, caCertificate, warehouseFolder} = warehouse;
    return {host, port, httpPath, token, caCertificate, warehouseFolder};
  } catch (thrown) {
    return {notRun: thrown instanceof Error ? thrown.message : String(thrown)};
  }
}

void serve().then((hello) => process.stdout.write(`${JSON.stringify(hello)}\n`));
