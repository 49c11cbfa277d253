import {mix, mixAll} from '../chance/hash';
import {sealGuid} from '../identity/guid';
import {TICKS_PER_DAY, TICKS_PER_SECOND} from '../time/ticks';
import {emptyEvent, type ArchiveEvent} from './archive-event';
import {
  elementIdentity,
  type AfAttribute,
  type AfElement,
  type AttributeOwner,
  type AttributeSource,
} from './asset-model';
import {type DigitalSet} from './digital-sets';
import {type Point} from './point';
import {CRITICALITY, ENUMERATION_SETS} from './reference-data';
import {type PointType} from './sensor-kinds';
import {
  attributesOf,
  type AttributeTemplate,
  type AttributeType,
  type Unit,
} from './templates';

/** Static values of AF carry the beginning of time as their timestamp. */
const STATIC_TICKS = -18_262 * TICKS_PER_DAY;

const UNITS: Readonly<Record<string, Unit>> = {
  degC: {name: 'degree Celsius', abbreviation: '°C'},
  bar: {name: 'bar', abbreviation: 'bar'},
  'm3/h': {name: 'cubic meter per hour', abbreviation: 'm3/h'},
  '%': {name: 'percent', abbreviation: '%'},
  kW: {name: 'kilowatt', abbreviation: 'kW'},
  'mm/s': {name: 'millimeter per second', abbreviation: 'mm/s'},
  h: {name: 'hour', abbreviation: 'h'},
  kWh: {name: 'kilowatt hour', abbreviation: 'kWh'},
};

const TYPES: Readonly<Record<PointType, AttributeType>> = {
  Int16: 'Int32',
  Int32: 'Int32',
  Float16: 'Double',
  Float32: 'Double',
  Float64: 'Double',
  Digital: 'EnumerationValue',
  String: 'String',
  Timestamp: 'DateTime',
  Blob: 'String',
};

/** The attributes of an element: its nameplate, then its sensors. Children are nested. */
export function elementAttributes(element: AfElement): readonly AfAttribute[] {
  const owner = {identity: elementIdentity(element), letter: 'E'} as const;
  const nameplate = attributesOf(element.template).map((template, index) =>
    templatedAttribute({
      owner,
      ownerTemplate: element.template,
      template,
      ordinal: index,
      source: nameplateValue(element, template),
    }),
  );
  const sensors = element.points.map((point, index) =>
    sensorAttribute(owner, point, 100 + 2 * index),
  );
  return [...nameplate, ...sensors.filter(({source}) => canBeRead(source))];
}

/** An attribute whose point is gone or hidden is left out with it. */
function canBeRead(source: AttributeSource): boolean {
  if (source.kind === 'constant') return true;
  const {server, id} = source.point;
  return server.point(id) === source.point;
}

/** An attribute that follows its template. */
export interface TemplatedAttribute {
  readonly owner: AttributeOwner;
  readonly ownerTemplate: string;
  readonly template: AttributeTemplate;
  /** Its place among the attributes of the owner; part of its GUID. */
  readonly ordinal: number;
  readonly source: AttributeSource;
}

export function templatedAttribute(made: TemplatedAttribute): AfAttribute {
  const {owner, ownerTemplate, template, ordinal, source} = made;
  const {name, type, typeQualifier, unit, categories} = template;
  return {
    owner,
    guid: attributeGuid(owner, ordinal),
    name,
    path: `${owner.identity.path}|${name}`,
    description: '',
    type,
    typeQualifier,
    unit,
    categories,
    template: ownerTemplate,
    source,
    parent: undefined,
    children: [],
  };
}

function sensorAttribute(
  owner: AttributeOwner,
  point: Point,
  ordinal: number,
): AfAttribute {
  const name = point.mounting?.attribute ?? point.name;
  const children: AfAttribute[] = [];
  const attribute: AfAttribute = {
    owner,
    guid: attributeGuid(owner, ordinal),
    name,
    path: `${owner.identity.path}|${name}`,
    description: point.descriptor,
    type: TYPES[point.type],
    typeQualifier: point.digitalSet,
    unit: UNITS[point.units],
    categories: ['Measurement'],
    template: undefined,
    source: {kind: 'point', point},
    parent: undefined,
    children,
  };
  if (name === 'Temperature') children.push(highLimit(attribute, ordinal + 1));
  return attribute;
}

/** Temperatures carry their alarm limit as a child. */
function highLimit(parent: AfAttribute, ordinal: number): AfAttribute {
  return {
    ...parent,
    guid: attributeGuid(parent.owner, ordinal),
    name: 'High Limit',
    path: `${parent.path}|High Limit`,
    description: '',
    categories: [],
    source: constant({...staticEvent(), number: 150 + (ordinal % 7) * 5}),
    parent,
    children: [],
  };
}

function attributeGuid({identity}: AttributeOwner, ordinal: number): string {
  const salt = mixAll('attribute', ...identity.guids);
  return sealGuid(salt, {high: mix(salt, 3), low: ordinal});
}

function constant(event: ArchiveEvent): AttributeSource {
  return {kind: 'constant', valueAt: () => event};
}

function staticEvent(): ArchiveEvent {
  return {...emptyEvent(), ticks: STATIC_TICKS};
}

const MAKERS = ['Brunner', 'Delacroix & Fils', 'Oakfield', 'Ștefan Pompe'];

function nameplateValue(
  element: AfElement,
  {name, type}: AttributeTemplate,
): AttributeSource {
  const hash = mixAll(element.salt, name);
  const event = staticEvent();
  if (type === 'EnumerationValue')
    return constant(enumerated(event, CRITICALITY, hash % 3));
  if (type === 'DateTime') {
    const ticks = -(hash % 3000) * TICKS_PER_DAY + (hash % 86_400) * TICKS_PER_SECOND;
    return constant({...event, kind: 'timestamp', number: ticks});
  }
  if (type === 'String')
    return constant({...event, kind: 'string', text: words(name, hash)});
  return constant({...event, number: (hash % 5000) / 10});
}

function words(name: string, hash: number): string {
  if (name === 'Time Zone') return 'Europe/Berlin';
  if (name === 'Country') return ['Germany', 'Norway', 'Canada'][hash % 3] ?? '';
  return MAKERS[hash % MAKERS.length] ?? '';
}

/** An event whose value is a member of an enumeration set. */
export function enumerated(
  event: ArchiveEvent,
  set: DigitalSet,
  code: number,
): ArchiveEvent {
  const text = set.states.find((state) => state.code === code)?.name ?? '';
  return {...event, kind: 'digital', number: code, text};
}

/** The enumeration set of an attribute that has one. */
export function enumerationSetOf({typeQualifier}: AfAttribute): DigitalSet | undefined {
  return ENUMERATION_SETS.find(({name}) => name === typeQualifier);
}

/** The attribute and all below it. */
export function withDescendants(
  attributes: readonly AfAttribute[],
): readonly AfAttribute[] {
  return attributes.flatMap((attribute) => [
    attribute,
    ...withDescendants(attribute.children),
  ]);
}
