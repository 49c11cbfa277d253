import {eventBefore} from '../../archive/interpolation';
import {
  ANNOTATED,
  type ArchiveEvent,
  BAD,
  QUESTIONABLE,
  SUBSTITUTED,
} from '../../plant/archive-event';
import {type Point} from '../../plant/point';
import {badRequest} from '../api-error';
import {pointAttributes} from '../point-attributes';
import {type Call} from '../route';
import {type World} from '../world';
import {type Field, type Fields, flagText, type Test, testOf} from './comparison';
import {parseSearch, type SearchFilter} from './search-query';

/** How a bare text is compared with names; the words also go by their numbers. */
const SEARCH_OPTIONS = ['Contains', 'ExactMatch', 'StartsWith', 'EndsWith'] as const;
const OPTION_WORDS = [...SEARCH_OPTIONS, '1', '2', '3', '4'] as const;

type SearchOption = (typeof SEARCH_OPTIONS)[number];

/** A point with its newest value, which is read when a filter asks for it. */
class Candidate {
  private newest: ArchiveEvent | undefined;
  private isRead = false;

  constructor(
    private readonly world: World,
    readonly point: Point,
  ) {}

  snapshot(): ArchiveEvent | undefined {
    if (this.isRead) return this.newest;
    const {archive, clock} = this.world;
    this.isRead = true;
    this.newest = eventBefore(archive, this.point, {at: clock.now(), strictly: false});
    return this.newest;
  }
}

const flag = (bit: number, isSet: boolean): Field<Candidate> => ({
  kind: 'text',
  of: (candidate) =>
    flagText((((candidate.snapshot()?.flags ?? 0) & bit) !== 0) === isSet),
});

/** Filters on the newest value. */
const SNAPSHOT_FIELDS: Fields<Candidate> = {
  value: {kind: 'number', of: (candidate) => candidate.snapshot()?.number},
  timestamp: {kind: 'time', of: (candidate) => candidate.snapshot()?.ticks},
  isgood: {
    kind: 'text',
    of: (candidate) => {
      const {kind = 'system', flags = BAD} = candidate.snapshot() ?? {};
      return flagText(kind !== 'system' && (flags & BAD) === 0);
    },
  },
  questionable: flag(QUESTIONABLE, true),
  substituted: flag(SUBSTITUTED, true),
  annotated: flag(ANNOTATED, true),
};

/** Other words for attributes of the point database. */
const SYNONYMS: Readonly<Record<string, string>> = {
  name: 'tag',
  '': 'tag',
  pointclass: 'ptclassname',
  engineeringunits: 'engunits',
  digitalsetname: 'digitalset',
};

/**
 * The points that a search finds, in the order of the server.
 *
 * @throws ApiError 400 for a query that cannot be read.
 */
export function searchPoints(call: Call, points: readonly Point[]): readonly Point[] {
  const {query, world} = call;
  const groups = parseSearch(query.text('query') ?? '');
  const isOfValues = groups.flat().some(({name}) => name in SNAPSHOT_FIELDS);
  if (isOfValues && groups.length > 1) {
    throw badRequest('OR cannot be used together with filters on values.');
  }
  const alternatives = groups.map((filters) =>
    filters.map((filter) => filterTest(call, filter)),
  );
  return points.filter((point) => {
    const candidate = new Candidate(world, point);
    return alternatives.some((tests) => tests.every((test) => test(candidate)));
  });
}

function filterTest(call: Call, filter: SearchFilter): Test<Candidate> {
  const {world, query} = call;
  const now = world.clock.now();
  if (filter.name in SNAPSHOT_FIELDS) {
    return testOf(filter, {fields: SNAPSHOT_FIELDS, now});
  }
  const isTag = filter.name === '';
  const value = isTag ? asOption(filter.value, optionOf(call)) : filter.value;
  const names = [SYNONYMS[filter.name] ?? filter.name];
  if (isTag && query.flag('searchNameAndDescriptor') === true) names.push('descriptor');
  const tests = names.map((name) =>
    testOf({...filter, name, value}, {fields: databaseFields(world), now}),
  );
  return (candidate) => tests.some((test) => test(candidate));
}

function optionOf({query}: Call): SearchOption {
  const word = query.word('searchOption', OPTION_WORDS) ?? 'ExactMatch';
  return SEARCH_OPTIONS[Number(word) - 1] ?? (word as SearchOption);
}

/** The wildcards that an option puts around a text. */
function asOption(text: string, option: SearchOption): string {
  const before = option === 'Contains' || option === 'EndsWith' ? '*' : '';
  const after = option === 'Contains' || option === 'StartsWith' ? '*' : '';
  return before + text + after;
}

/** The attributes of the point database as fields; which there are is known from any point. */
function databaseFields(world: World): Fields<Candidate> {
  const [sample] = world.plant.dataServers.flatMap(({points}) => points.slice(0, 1));
  if (sample === undefined) return {};
  const entries = Object.entries(pointAttributes(world, sample)).map(
    ([name, value]): [string, Field<Candidate>] => [
      name,
      typeof value === 'number'
        ? {kind: 'number', of: ({point}) => Number(pointAttributes(world, point)[name])}
        : {kind: 'text', of: ({point}) => String(pointAttributes(world, point)[name])},
    ],
  );
  return Object.fromEntries(entries);
}
