import {hints, type FieldHints} from 'airbyte-cdk-ts';
import {z} from 'zod';

const names = (own: FieldHints) =>
  z.array(z.string().min(1)).default([]).meta(hints(own));

/** Which points and databases to read. */
export const selection = z
  .object({
    data_servers: names({
      title: 'Data servers',
      description:
        'Names of the PI Data Archives to read. Left empty: all that PI Web API shows.',
      examples: ['PISRV01'],
      order: 0,
    }),
    points: names({
      title: 'Points',
      description:
        'Names of points; * stands for any text, ? for one character, upper and lower case are the same. Left empty: all points the account may read.',
      examples: ['SINUSOID', 'Boiler1.*'],
      order: 1,
    }),
    exclude: names({
      title: 'Excluded points',
      description: 'Names of points to leave out, with * and ? as above.',
      examples: ['*.TEST'],
      order: 2,
    }),
    asset_databases: names({
      title: 'Asset databases',
      description:
        'Names of the AF databases for elements and event frames. Left empty: all that the account may see.',
      examples: ['Production'],
      order: 3,
    }),
  })
  .prefault({})
  .meta(
    hints({
      title: 'Selection',
      description: 'What to read. Left alone, everything the account may see is read.',
      order: 2,
      group: 'selection',
    }),
  );

/** Which event frames to read, and how often again. */
export const eventFrames = z
  .object({
    templates: names({
      title: 'Templates',
      description:
        'Names of event frame templates; frames of templates derived from them are read too. Left empty: all.',
      examples: ['Downtime'],
      order: 0,
    }),
    lookback_hours: z
      .int()
      .min(0)
      .max(8760)
      .default(24)
      .meta(
        hints({
          title: 'Lookback (hours)',
          description:
            'How far behind the end of the last sync to read event frames again: PI tells of no change to a frame, so an acknowledgement, a recalculation or a deletion after the end is seen only by reading again.',
          order: 1,
        }),
      ),
    annotations: z
      .boolean()
      .default(true)
      .meta(
        hints({
          title: 'Annotations',
          description: 'Whether to read the annotations of frames that have some.',
          order: 2,
        }),
      ),
  })
  .prefault({})
  .meta(
    hints({
      title: 'Event frames',
      description: 'Which event frames to read, and how far back again.',
      order: 3,
      group: 'selection',
    }),
  );

/** Upper bounds on what PI is asked for. */
export const load = z
  .object({
    max_concurrency: z
      .int()
      .min(1)
      .max(16)
      .default(4)
      .meta(
        hints({
          title: 'Requests at once',
          description:
            'Never more requests than these are under way. The connector goes lower by itself while PI is busy.',
          order: 0,
        }),
      ),
    max_requests_per_second: z
      .number()
      .min(0.1)
      .max(1000)
      .default(50)
      .meta(
        hints({
          title: 'Requests per second',
          description:
            'All connectors behind one address share the limit of PI Web API, which is 1000 per second unless changed.',
          order: 1,
        }),
      ),
    max_values_per_response: z
      .int()
      .min(100)
      .max(150_000)
      .default(50_000)
      .meta(
        hints({
          title: 'Values per response',
          description:
            'How many archived values one answer should hold at most. PI Web API has a limit of its own, MaxReturnedItemsPerCall.',
          order: 2,
        }),
      ),
  })
  .prefault({})
  .meta(
    hints({
      title: 'Load on PI',
      description: 'Upper bounds that protect the PI System.',
      order: 0,
      group: 'load',
    }),
  );
