import type {Engine} from '../engine';
import {dropTable, showTables} from '../sql/table-statements';
import {
  dropSchema,
  dropVolume,
  showTrialSchemas,
  showVolumes,
} from './check-statements';
import {isLeftover, TRIAL_PREFIX} from './trial-names';

/**
 * Takes away what checks that were killed have left in the catalog and in the schema.
 * What is refused stays: it is no business of this check.
 */
export async function removeLeftovers(engine: Engine, nowMs: number): Promise<void> {
  const {catalog, schema} = engine.settings;
  const kinds: readonly (readonly [show: string, drop: (name: string) => string])[] = [
    [
      showTables(catalog, schema, TRIAL_PREFIX),
      (table) => dropTable({catalog, schema, table}),
    ],
    [showVolumes(catalog, schema), (volume) => dropVolume({catalog, schema, volume})],
    [showTrialSchemas(catalog), (name) => dropSchema(catalog, name)],
  ];
  for (const [show, drop] of kinds) {
    for (const name of await namesIn(show, engine)) {
      if (isLeftover(name, nowMs)) await remove(name, drop(name), engine);
    }
  }
}

/** Every text of the answer: the columns of names are called otherwise in each answer. */
async function namesIn(show: string, {warehouse}: Engine): Promise<readonly string[]> {
  const shown = await warehouse.attempt(show);
  if (shown.kind === 'refused') return [];
  return shown.rows.flatMap((row) =>
    Object.values(row).filter((value) => typeof value === 'string'),
  );
}

async function remove(
  name: string,
  drop: string,
  {warehouse, log}: Engine,
): Promise<void> {
  const dropped = await warehouse.attempt(drop);
  if (dropped.kind === 'done') {
    log.info(`Removed ${name}, which a check had left that was ended early.`);
  }
}
