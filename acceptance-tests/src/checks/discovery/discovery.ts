import type {DiscoveryTest} from '../../config/airbyte-config';
import {endOf, inside, messagesOfType} from '../../run/outcome';
import {streamName, type DiscoveredStream} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, unless, type Check, type Finding} from '../check';
import {catalogBreaks} from './catalog-changes';
import {unknownTypes} from './data-types';
import {releasedCatalog} from './released';
import {
  canBeRead,
  hasCursor,
  hasKey,
  hasSchema,
  isOpen,
  isPlain,
  schemaOf,
  type StreamRule,
} from './stream-rules';

type Judge = (
  streams: readonly DiscoveredStream[],
  test: DiscoveryTest,
) => readonly Finding[];

/** `discover`: one catalog, whose streams keep the rules. */
export const DISCOVERY_CHECKS: readonly Check[] = [
  {
    id: 'D1',
    title: 'discover tells one catalog of streams, each once',
    ...ofTests(catalogFindings),
  },
  {
    id: 'D2',
    title: 'each stream has a schema of draft-07, with a type on each field',
    ...ofStreams(ruled(() => hasSchema)),
  },
  {
    id: 'D3',
    title: 'the default cursor is a field, and each incremental stream has one',
    ...ofStreams(ruled(() => hasCursor)),
  },
  {
    id: 'D4',
    title: 'a primary key is of fields that are no objects and no lists',
    ...ofStreams(
      ruled(({validate_primary_keys_data_type: isTypeAsked}) => hasKey(isTypeAsked)),
    ),
  },
  {
    id: 'D5',
    title: 'no schema uses $ref, allOf or not',
    ...ofStreams(ruled(() => isPlain)),
  },
  {
    id: 'D6',
    title: 'each stream has a sync mode; a resumable one has a cursor of its own',
    ...ofStreams(ruled(() => canBeRead)),
  },
  {
    id: 'D7',
    title: 'additionalProperties is true wherever it stands',
    ...ofStreams(ruled(() => isOpen)),
  },
  {
    id: 'D8',
    title: 'types, formats and Airbyte types are ones that destinations know',
    ...ofStreams(ruled(() => (stream) => unknownTypes(schemaOf(stream)))),
  },
  {
    id: 'D9',
    title: 'the catalog takes nothing away that the release before had',
    kinds: ['source'],
    bypass: (stage) =>
      stage.bypassed('discovery') ??
      stage
        .tests('discovery')
        .map((test) => releasedCatalog(stage, test))
        .find((found) => typeof found === 'string'),
    run: (stage) =>
      all(stage.tests('discovery'), async (test) => {
        const released = releasedCatalog(stage, test);
        if (typeof released === 'string') return [];
        const streams = await stage.streams(test.config_path);
        return catalogBreaks(released.streams, streams).map((text) =>
          error(`since ${released.version}: ${text}`),
        );
      }),
  },
];

function ofTests(
  judge: (stage: Stage, test: DiscoveryTest) => Promise<readonly Finding[]>,
): Pick<Check, 'kinds' | 'bypass' | 'run'> {
  return {
    kinds: ['source'],
    bypass: (stage) => stage.bypassed('discovery'),
    run: (stage) => all(stage.tests('discovery'), (test) => judge(stage, test)),
  };
}

/** A check that looks at the streams; where there are none, D1 says so. */
function ofStreams(judge: Judge): Pick<Check, 'kinds' | 'bypass' | 'run'> {
  return ofTests(async (stage, test) =>
    judge(await stage.streams(test.config_path), test),
  );
}

/** The same rule for each stream. */
function ruled(rule: (test: DiscoveryTest) => StreamRule): Judge {
  return (streams, test) =>
    streams.flatMap((stream) =>
      rule(test)(stream).map((text) => error(`${streamName(stream)}: ${text}`)),
    );
}

async function catalogFindings(
  stage: Stage,
  {config_path: config}: DiscoveryTest,
): Promise<readonly Finding[]> {
  const outcome = await stage.discover(config);
  const catalogs = await messagesOfType(outcome, 'CATALOG');
  const streams = inside(catalogs[0], 'catalog', 'streams');
  const names = (Array.isArray(streams) ? (streams as DiscoveredStream[]) : []).map(
    streamName,
  );
  const repeated = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return [
    ...unless(catalogs.length === 1, `${catalogs.length} CATALOG messages`),
    ...unless(outcome.exit === 0, `discover ${endOf(outcome)}`),
    ...unless(names.length > 0, 'the catalog has no streams'),
    ...[...repeated].map((name) => error(`${name}: the stream is there twice`)),
  ];
}
