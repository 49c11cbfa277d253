import {type DigitalSet} from './digital-sets';

const set = (
  name: string,
  description: string,
  values: readonly string[],
): DigitalSet => ({
  name,
  description,
  states: values.map((value, code) => ({code, name: value})),
});

export const CRITICALITY = set('Criticality', 'What a failure would cost', [
  'Low',
  'Medium',
  'High',
]);
export const DOWNTIME_REASON = set('Downtime Reason', 'Why a machine stood still', [
  'Planned',
  'Mechanical',
  'Electrical',
  'Process',
  'Unknown',
]);

/** Enumeration sets of every asset database. */
export const ENUMERATION_SETS: readonly DigitalSet[] = [CRITICALITY, DOWNTIME_REASON];

/** A named way to group objects. */
export interface Category {
  readonly name: string;
  readonly description: string;
}

const category = (name: string, description: string): Category => ({name, description});

export const ELEMENT_CATEGORIES: readonly Category[] = [
  category('Alarm', 'Limits that were crossed'),
  category('Loss', 'Time in which nothing was made'),
  category('Metering', ''),
  category('Organization', 'Sites, areas and units'),
  category('Production', 'Batches and their phases'),
  category('Rotating', 'Machines that turn'),
  category('Vessel', 'Tanks and reactors'),
];
export const ATTRIBUTE_CATEGORIES: readonly Category[] = [
  category('Captured', 'Kept with an event frame'),
  category('Measurement', 'Read from a sensor'),
  category('Nameplate', 'As built'),
];
export const TABLE_CATEGORIES: readonly Category[] = [category('Reference Data', '')];

/** A table of an asset database. */
export interface AfTable {
  readonly name: string;
  readonly description: string;
  readonly categories: readonly string[];
  /** Type of each column, as .NET calls it. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export const PRODUCTS = ['Resin A', 'Resin B', 'Primer', 'Clear Coat'] as const;

export const TABLES: readonly AfTable[] = [
  {
    name: 'Products',
    description: 'What the batches make',
    categories: ['Reference Data'],
    columns: {
      Product: 'System.String',
      Density: 'System.Double',
      ShelfLifeDays: 'System.Int32',
    },
    rows: PRODUCTS.map((product, index) => ({
      Product: product,
      Density: 0.9 + index / 20,
      ShelfLifeDays: 90 * (index + 1),
    })),
  },
];
