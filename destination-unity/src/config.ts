import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {databricksEngine} from './config/databricks-engine';
import {localEngine} from './config/local-engine';

const KIBI = 1024;
const SECOND_MS = 1000;

const engine = z.discriminatedUnion('type', [localEngine, databricksEngine]).meta(
  hints({
    title: 'Engine',
    description: 'Where the tables live.',
    displayType: 'dropdown',
    order: 0,
    group: 'connection',
  }),
);

const schemaChanges = z
  .enum(['apply', 'add_only', 'refuse'])
  .default('apply')
  .meta(
    hints({
      title: 'Changed schemas',
      description:
        'What a changed stream does to its table. Apply: fields get columns, types are widened where the lake can, and a field whose new type its column cannot hold gets a further column named after the type. Add only: fields get columns and types stay; values that do not fit are kept in _rescued_data. Refuse: the stream fails before anything changes.',
      order: 5,
      group: 'tables',
    }),
  );

const cdcDeletion = z
  .enum(['hard', 'soft'])
  .default('hard')
  .meta(
    hints({
      title: 'Deleted rows',
      description:
        'What a row that its source reports as deleted (_ab_cdc_deleted_at) does in deduplicated tables. Hard: the row leaves the table. Soft: it stays, with the time of its deletion.',
      order: 6,
      group: 'tables',
    }),
  );

const flush = z
  .object({
    megabytes: z
      .int()
      .min(1)
      .max(1024)
      .default(32)
      .meta(
        hints({
          title: 'Size of a load (MB)',
          description: 'A stream is loaded when this much of it has been received.',
          order: 0,
        }),
      ),
    seconds: z
      .int()
      .min(1)
      .max(3600)
      .default(300)
      .meta(
        hints({
          title: 'Age of a load (seconds)',
          description:
            'A stream is loaded when its oldest record has waited this long. Shorter: fresher tables and less to repeat after a failure, but more and smaller files.',
          order: 1,
        }),
      ),
    memory_megabytes: z
      .int()
      .min(2)
      .max(8192)
      .default(96)
      .meta(
        hints({
          title: 'Records in memory (MB)',
          description:
            'How much all streams together may hold. Above it, reading waits for the lake.',
          order: 2,
        }),
      ),
  })
  .prefault({})
  .meta(
    hints({
      title: 'Loads',
      description: 'When records are written to the tables.',
      order: 4,
      group: 'loads',
    }),
  );

/** The settings of the destination, and with their hints the form that Airbyte shows. */
export const configSchema = z
  .object({
    engine,
    catalog: z
      .string()
      .min(1)
      .default('main')
      .meta(
        hints({
          title: 'Catalog',
          description: 'Catalog of the tables: the first part of catalog.schema.table.',
          examples: ['main'],
          order: 1,
          group: 'tables',
        }),
      ),
    schema: z
      .string()
      .min(1)
      .default('default')
      .meta(
        hints({
          title: 'Default schema',
          description:
            'Schema of streams without a namespace; the others go to the schema of their namespace.',
          examples: ['pi'],
          order: 2,
          group: 'tables',
        }),
      ),
    number_type: z
      .enum(['double', 'decimal'])
      .default('double')
      .meta(
        hints({
          title: 'Numbers',
          description:
            'Measured values belong in double. Decimal keeps 9 decimals and 29 digits before the point exactly, as money wants it.',
          order: 3,
          group: 'tables',
        }),
      ),
    schema_changes: schemaChanges,
    cdc_deletion: cdcDeletion,
    flush,
  })
  .meta(
    hints({
      groups: [
        {id: 'connection', title: 'Lake'},
        {id: 'tables', title: 'Tables'},
        {id: 'loads', title: 'Loads'},
      ],
    }),
  );

/** The settings with every default filled in. */
export type UnityConfig = z.infer<typeof configSchema>;

export interface FlushSettings {
  readonly flushBytes: number;
  readonly flushAfterMs: number;
  readonly budgetBytes: number;
}

/** The settings of loads in bytes and milliseconds; one load always fits the memory. */
export function flushSettings({flush: settings}: UnityConfig): FlushSettings {
  const budgetBytes = settings.memory_megabytes * KIBI * KIBI;
  return {
    flushBytes: Math.min(settings.megabytes * KIBI * KIBI, Math.floor(budgetBytes / 2)),
    flushAfterMs: settings.seconds * SECOND_MS,
    budgetBytes,
  };
}
