import {
  type AfAttribute,
  type AfElement,
  type AssetDatabase,
} from '../../plant/asset-model';
import {elementAttributes, withDescendants} from '../../plant/attributes';
import {acknowledged, type EventFrame, isOpen} from '../../plant/event-frame';
import {lineage, SEVERITIES} from '../../plant/templates';
import {TICKS_PER_SECOND, type Ticks} from '../../time/ticks';
import {badRequest} from '../api-error';
import {canBeAcknowledged, framesOfDatabase} from '../event-frame-search';
import {presentValue} from '../readings/single-value';
import {attributeStream} from '../stream';
import {type World} from '../world';
import {type Fields, flagText, type Searched, type Test, testOf} from './comparison';
import {parseFilters, type SearchFilter} from './search-query';

/** Where a search looks and when. */
export interface SearchPlace {
  readonly world: World;
  readonly database: AssetDatabase;
  readonly now: Ticks;
}

/** A template by its name and by those it derives from. */
function templateNames(name: string): readonly string[] {
  return lineage(name).map((template) => template.name);
}

/** What elements, attributes and event frames are all searched by. */
interface Described {
  readonly name: string;
  readonly description: string;
  readonly categories: readonly string[];
}

const describedFields: Fields<Described> = {
  '': {kind: 'text', of: ({name}) => name},
  name: {kind: 'text', of: ({name}) => name},
  description: {kind: 'text', of: ({description}) => description},
  category: {kind: 'text', of: ({categories}) => categories},
  categoryname: {kind: 'text', of: ({categories}) => categories},
};

const elementFields = ({world}: SearchPlace): Fields<AfElement> => ({
  ...describedFields,
  template: {kind: 'text', of: ({template}) => templateNames(template)},
  type: {kind: 'text', of: ({type}) => type},
  id: {kind: 'text', of: ({guid}) => guid},
  creationdate: {kind: 'time', of: () => world.plant.historyStart},
});

const attributeFields: Fields<AfAttribute> = {
  ...describedFields,
  type: {kind: 'text', of: ({type}) => type},
  plugin: {
    kind: 'text',
    of: ({source}) => (source.kind === 'point' ? 'PI Point' : ''),
  },
  id: {kind: 'text', of: ({guid}) => guid},
};

const frameFields = ({now}: SearchPlace): Fields<EventFrame> => ({
  ...describedFields,
  template: {kind: 'text', of: ({template}) => templateNames(template)},
  elementname: {kind: 'text', of: ({elements}) => elements.map(({name}) => name)},
  element: {kind: 'text', of: ({elements}) => elements.map(({name}) => name)},
  start: {kind: 'time', of: ({start}) => start},
  end: {kind: 'time', of: (frame) => (isOpen(frame, now) ? Infinity : frame.end)},
  duration: {
    kind: 'number',
    of: (frame) => (Math.min(frame.end, now) - frame.start) / TICKS_PER_SECOND,
  },
  inprogress: {kind: 'text', of: (frame) => flagText(isOpen(frame, now))},
  severity: {kind: 'text', of: ({severity}) => severity},
  isacknowledged: {
    kind: 'text',
    of: (frame) => flagText(acknowledged(frame, now) !== undefined),
  },
  canbeacknowledged: {kind: 'text', of: (frame) => flagText(canBeAcknowledged(frame))},
  id: {kind: 'text', of: ({guid}) => guid},
});

/** The elements that a query finds; the whole hierarchy unless it says otherwise. */
export function findElements(place: SearchPlace, query: string): readonly AfElement[] {
  const {filters, root, isDeep} = scoped(place.database, parseFilters(query));
  const candidates = belowRoot(place.database, root, isDeep);
  const fields = elementFields(place);
  const tests = filters.map((filter) =>
    filter.name.startsWith('|')
      ? attributeValueTest(place, filter)
      : testOf(filter, {fields, now: place.now}),
  );
  return candidates.filter((element) => tests.every((test) => test(element)));
}

/** The attributes that a query finds, of the elements that its `Element` describes. */
export function findAttributesBy(
  place: SearchPlace,
  query: string,
): readonly AfAttribute[] {
  const filters = parseFilters(query);
  const ofElement = filters.filter(({name}) => name === 'element');
  const inner = ofElement.map(({inner: text, value}) => text ?? `Name:"${value}"`);
  const own = filters.filter(({name}) => name !== 'element');
  const tests = testsOf(own, {fields: attributeFields, now: place.now});
  return findElements(place, inner.join(' '))
    .flatMap((element) => withDescendants(elementAttributes(element)))
    .filter((attribute) => tests.every((test) => test(attribute)));
}

/** The event frames that a query finds, by their start. */
export function findFramesBy(place: SearchPlace, query: string): readonly EventFrame[] {
  const {filters, isDeep} = scoped(place.database, parseFilters(query));
  const isAboutElements = ({name, inner}: SearchFilter): boolean =>
    name === 'element' && inner !== undefined;
  const elements = filters
    .filter(isAboutElements)
    .map(({inner = ''}) => new Set(findElements(place, inner)));
  const tests = testsOf(
    filters.filter((filter) => !isAboutElements(filter)).map(bySeverity),
    {fields: frameFields(place), now: place.now},
  );
  const all = framesOfDatabase(place.world, place.database);
  return [...all({from: -Infinity, to: place.now, now: place.now})]
    .filter(
      (frame) =>
        (isDeep || frame.parent === undefined) &&
        elements.every((found) => frame.elements.some((one) => found.has(one))) &&
        tests.every((test) => test(frame)),
    )
    .toSorted((a, b) => a.start - b.start);
}

/** @throws ApiError 400 for a severity that there is not. */
function bySeverity(filter: SearchFilter): SearchFilter {
  const isKnown = SEVERITIES.some(
    (known) => known.toLowerCase() === filter.value.toLowerCase(),
  );
  if (filter.name !== 'severity' || isKnown) return filter;
  throw badRequest(`The severity '${filter.value}' is not valid.`);
}

function testsOf<T>(
  filters: readonly SearchFilter[],
  searched: Searched<T>,
): readonly Test<T>[] {
  return filters.map((filter) => testOf(filter, searched));
}

/** The filters of a query without those that say where to look. */
interface Scoped {
  readonly filters: readonly SearchFilter[];
  /** The element below which to look; undefined for the whole database. */
  readonly root: AfElement | undefined;
  /** Unlike lists, searches look at every level unless told not to. */
  readonly isDeep: boolean;
}

function scoped(database: AssetDatabase, filters: readonly SearchFilter[]): Scoped {
  const root = filters.find(({name}) => name === 'root')?.value;
  const descendants = filters.find(({name}) => name === 'alldescendants')?.value;
  return {
    filters: filters.filter(({name}) => name !== 'root' && name !== 'alldescendants'),
    root: root === undefined || root === '' ? undefined : rootElement(database, root),
    isDeep: descendants?.toLowerCase() !== 'false',
  };
}

/** @throws ApiError 400 for a root that there is not. */
function rootElement(database: AssetDatabase, path: string): AfElement {
  const wanted = path.replace(/^\\+/, '').toUpperCase();
  const found = database.elements.find((element) =>
    element.path.toUpperCase().endsWith(`\\${wanted}`),
  );
  if (found === undefined) throw badRequest(`The root '${path}' was not found.`);
  return found;
}

function belowRoot(
  {elements}: AssetDatabase,
  root: AfElement | undefined,
  isDeep: boolean,
): readonly AfElement[] {
  if (root === undefined) {
    return isDeep ? elements : elements.filter(({parent}) => parent === undefined);
  }
  if (!isDeep) return root.children;
  return elements.filter(({path}) => path.startsWith(`${root.path}\\`));
}

/** `|Name:>10`: what an attribute of the element shows now. */
function attributeValueTest(place: SearchPlace, filter: SearchFilter): Test<AfElement> {
  const wanted = filter.name.slice(1).trim();
  const isNumeric = filter.value.trim() !== '' && !Number.isNaN(Number(filter.value));
  const shown = (element: AfElement): readonly (number | string)[] =>
    elementAttributes(element)
      .filter(({name}) => name.toLowerCase() === wanted)
      .map((attribute) => {
        const value = presentValue(place.world, attributeStream(attribute), undefined);
        return value.kind === 'number' ? value.number : value.text;
      });
  const fields: Fields<AfElement> = {
    value: isNumeric
      ? {kind: 'number', of: (element) => shown(element).map(Number)[0]}
      : {kind: 'text', of: (element) => shown(element).map(String)},
  };
  return testOf({...filter, name: 'value'}, {fields, now: place.now});
}
