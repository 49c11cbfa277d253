import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {databricksEngine} from './config/databricks-engine';
import {localEngine} from './config/local-engine';

const KIBI = 1024;
const SECOND_MS = 1000;

const engine = z.discriminatedUnion('type', [localEngine, databricksEngine]).meta(
  hints({
    title: 'Engine',
    description: 'What holds the tables.',
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
        'What a changed stream does to its table. "apply": fields get columns, types are widened where the lake can, and a field whose new type its column cannot hold gets a further column named after the type. "add_only": fields get columns and types stay; values that do not fit are kept in _rescued_data. "refuse": the stream fails before anything changes.',
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
        'What a row that its source reports as deleted (_ab_cdc_deleted_at) does in deduplicated tables. "hard": the row leaves the table. "soft": it stays, with the time of its deletion.',
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
      title: 'When to load',
      description:
        'How many records are collected before they are written to the tables.',
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
          description:
            'The first part of catalog.schema.table. On Databricks it must exist already.',
          examples: ['main'],
          alwaysShow: true,
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
            'Schema of streams without a namespace; the others go to the schema of their namespace. Made where it is missing.',
          examples: ['pi'],
          alwaysShow: true,
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
            'What numbers with a fraction become. "double": as measured values are. "decimal": 29 digits before the point and 9 behind it, kept exactly, as money wants it.',
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
        {id: 'loads', title: 'Loading'},
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
