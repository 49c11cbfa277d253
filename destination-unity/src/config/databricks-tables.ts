import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

const clusterBy = z
  .discriminatedUnion('mode', [
    z.object({mode: z.literal('auto')}).meta(
      hints({
        title: 'Key columns',
        description:
          'The first columns of the primary key, as loading and lookups want it.',
      }),
    ),
    z
      .object({mode: z.literal('none')})
      .meta(hints({title: 'None', description: 'The order in which rows arrive.'})),
    z
      .object({
        mode: z.literal('columns'),
        columns: z
          .array(z.string().min(1))
          .min(1)
          .max(4)
          .meta(
            hints({
              title: 'Columns',
              description:
                'Up to four names of columns. Those that a table does not have are left out there.',
              examples: ['tag_webid', 'timestamp'],
              order: 1,
            }),
          ),
      })
      .meta(hints({title: 'Columns by name'})),
  ])
  .prefault({mode: 'auto'})
  .meta(
    hints({
      title: 'Clustering',
      description:
        'By which columns new tables are clustered (liquid clustering). A table that exists keeps what it has.',
      displayType: 'dropdown',
      order: 7,
    }),
  );

/** What the engine `databricks` lets the user say of its tables. */
export const databricksTables = {
  cluster_by: clusterBy,
  json_type: z
    .enum(['string', 'variant'])
    .default('string')
    .meta(
      hints({
        title: 'Nested values',
        description:
          'What objects and arrays become. "string": JSON text. "variant": VARIANT, which can be asked into (value:member) and needs a current warehouse.',
        order: 8,
      }),
    ),
  optimize: z
    .enum(['never', 'end_of_sync'])
    .default('never')
    .meta(
      hints({
        title: 'Optimize',
        description:
          'When small files are put together (OPTIMIZE). "never": not by the connector; predictive optimization, the default of Databricks, does it. "end_of_sync": after each sync.',
        order: 9,
      }),
    ),
} as const;
