/** The types that attributes of this plant have. */
export type AttributeType =
  'Double' | 'String' | 'DateTime' | 'EnumerationValue' | 'Int32';

/** An attribute that every element or event frame of a template has. */
export interface AttributeTemplate {
  readonly name: string;
  readonly type: AttributeType;
  /** The enumeration set of an `EnumerationValue`, otherwise empty. */
  readonly typeQualifier: string;
  readonly unit: Unit | undefined;
  readonly categories: readonly string[];
  readonly defaultValue: string | number;
}

/** A unit of measure. */
export interface Unit {
  readonly name: string;
  readonly abbreviation: string;
}

/** A template of elements or of event frames. */
export interface ElementTemplate {
  readonly name: string;
  readonly description: string;
  readonly base: string | undefined;
  readonly instanceType: 'Element' | 'EventFrame';
  readonly categories: readonly string[];
  readonly attributes: readonly AttributeTemplate[];
  readonly canBeAcknowledged: boolean;
  readonly severity: Severity;
}

/** Severities of event frames, mildest first. */
export const SEVERITIES = [
  'None',
  'Information',
  'Warning',
  'Minor',
  'Major',
  'Critical',
] as const;
export type Severity = (typeof SEVERITIES)[number];

type AttributeTraits = Partial<Omit<AttributeTemplate, 'name' | 'type'>>;

const attribute = (
  name: string,
  type: AttributeType,
  traits: AttributeTraits = {},
): AttributeTemplate => ({
  name,
  type,
  typeQualifier: '',
  unit: undefined,
  categories: ['Nameplate'],
  defaultValue: type === 'String' ? '' : 0,
  ...traits,
});

const KILOWATT = {name: 'kilowatt', abbreviation: 'kW'};
const MILLIMETRE = {name: 'millimeter', abbreviation: 'mm'};
const CUBIC_METRE = {name: 'cubic meter', abbreviation: 'm3'};
const KILOGRAM = {name: 'kilogram', abbreviation: 'kg'};
const PERCENT = {name: 'percent', abbreviation: '%'};
const CELSIUS = {name: 'degree Celsius', abbreviation: '°C'};

type Own = Partial<Omit<ElementTemplate, 'name' | 'description'>>;

const template = (
  name: string,
  description: string,
  own: Own = {},
): ElementTemplate => ({
  name,
  description,
  base: undefined,
  instanceType: 'Element',
  categories: [],
  attributes: [],
  canBeAcknowledged: false,
  severity: 'None',
  ...own,
});

const frameTemplate = (name: string, description: string, own: Own): ElementTemplate =>
  template(name, description, {instanceType: 'EventFrame', ...own});

const captured = (name: string, type: AttributeType, traits: AttributeTraits = {}) =>
  attribute(name, type, {categories: ['Captured'], ...traits});

/** Every template, of elements and of event frames. */
export const TEMPLATES: readonly ElementTemplate[] = [
  template('Site', 'A production site', {
    categories: ['Organization'],
    attributes: [attribute('Country', 'String'), attribute('Time Zone', 'String')],
  }),
  template('Area', 'A part of a site', {categories: ['Organization']}),
  template('Unit', 'A process unit', {
    categories: ['Organization'],
    attributes: [attribute('Design Capacity', 'Double', {unit: KILOGRAM})],
  }),
  template('Equipment', 'Anything with a nameplate', {
    attributes: [
      attribute('Manufacturer', 'String'),
      attribute('Installed', 'DateTime'),
      attribute('Criticality', 'EnumerationValue', {typeQualifier: 'Criticality'}),
    ],
  }),
  template('Pump', 'Moves liquids', {
    base: 'Equipment',
    categories: ['Rotating'],
    attributes: [
      attribute('Rated Power', 'Double', {unit: KILOWATT}),
      attribute('Impeller Diameter', 'Double', {unit: MILLIMETRE}),
    ],
  }),
  template('Compressor', 'Moves gases', {
    base: 'Equipment',
    categories: ['Rotating'],
    attributes: [attribute('Rated Power', 'Double', {unit: KILOWATT})],
  }),
  template('Reactor', 'Where the batch happens', {
    base: 'Equipment',
    categories: ['Vessel'],
    attributes: [attribute('Volume', 'Double', {unit: CUBIC_METRE})],
  }),
  template('Tank', 'Holds liquids', {
    base: 'Equipment',
    categories: ['Vessel'],
    attributes: [attribute('Volume', 'Double', {unit: CUBIC_METRE})],
  }),
  template('Meter', 'Counts energy', {categories: ['Metering']}),
  frameTemplate('Batch', 'One batch of a product', {
    categories: ['Production'],
    attributes: [
      captured('Batch ID', 'String'),
      captured('Product', 'String'),
      captured('Output', 'Double', {unit: KILOGRAM}),
      captured('Yield', 'Double', {unit: PERCENT}),
    ],
  }),
  frameTemplate('Phase', 'A step of a batch', {
    categories: ['Production'],
    attributes: [captured('Target Temperature', 'Double', {unit: CELSIUS})],
  }),
  frameTemplate('Downtime', 'A machine that stands still', {
    categories: ['Loss'],
    canBeAcknowledged: true,
    severity: 'Warning',
    attributes: [
      captured('Reason', 'EnumerationValue', {typeQualifier: 'Downtime Reason'}),
      captured('Comment', 'String'),
      captured('Lost Output', 'Double', {unit: KILOGRAM}),
    ],
  }),
  frameTemplate('Alarm', 'A limit that was crossed', {
    categories: ['Alarm'],
    canBeAcknowledged: true,
    severity: 'Minor',
    attributes: [captured('Limit', 'Double'), captured('Peak', 'Double')],
  }),
];

export function templateByName(name: string): ElementTemplate | undefined {
  const wanted = name.toLowerCase();
  return TEMPLATES.find((candidate) => candidate.name.toLowerCase() === wanted);
}

/** The template and those it derives from, nearest first. */
export function lineage(name: string): readonly ElementTemplate[] {
  const own = templateByName(name);
  if (own === undefined) return [];
  return own.base === undefined ? [own] : [own, ...lineage(own.base)];
}

/** The attributes of a template with those it inherits, inherited ones first. */
export function attributesOf(name: string): readonly AttributeTemplate[] {
  return lineage(name)
    .toReversed()
    .flatMap(({attributes}) => attributes);
}

/** Whether a template is the wanted one or derives from it. */
export function derivesFrom(name: string, wanted: string): boolean {
  return lineage(name).some(
    (candidate) => candidate.name.toLowerCase() === wanted.toLowerCase(),
  );
}
