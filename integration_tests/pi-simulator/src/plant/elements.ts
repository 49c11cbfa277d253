import {mixAll} from '../chance/hash';
import {sealGuid} from '../identity/guid';
import {
  type AfElement,
  type AssetDatabase,
  databasePath,
  type ElementType,
} from './asset-model';
import {type Point} from './point';
import {type Site, unitLabel, unitOfEquipment} from './sites';
import {templateByName} from './templates';

/** A database and its element tree while they are being made. */
export type FillingDatabase = AssetDatabase & {readonly elements: AfElement[]};
type FillingElement = AfElement & {
  readonly children: FillingElement[];
  readonly references: AfElement[];
  readonly points: Point[];
};

/** What the tree of the production database is made from. */
export interface TreeInput {
  readonly seed: number;
  readonly sites: readonly Site[];
  /** Every point that is mounted somewhere. */
  readonly points: readonly Point[];
}

const AREAS = ['Process', 'Utilities', 'Lager & Versand'];
const EQUIPMENT = ['Reactor', 'Pump', 'Tank', 'Compressor'];

/** Site, area, unit, equipment: four levels. */
export function addProduction(database: FillingDatabase, input: TreeInput): void {
  for (const site of input.sites) {
    const equipment = addSite(database, site, input.seed);
    for (const point of input.points) {
      if (point.mounting?.site !== site.index) continue;
      equipment[point.mounting.equipment]?.points.push(point);
    }
  }
}

function addSite(
  database: FillingDatabase,
  site: Site,
  seed: number,
): FillingElement[] {
  const add = (child: NewElement): FillingElement => addElement(database, seed, child);
  const root = add({
    name: site.name,
    template: 'Site',
    description: `Production site ${site.name}`,
    extendedProperties: {
      CostCentre: `CC-${100 + site.index}`,
      Headcount: 40 + 7 * site.index,
    },
  });
  const areas = AREAS.map((name) =>
    add({parent: root, name, template: 'Area', description: `${name} of ${site.name}`}),
  );
  const units = Array.from({length: site.unitCount}, (_, unit) =>
    add({
      ...parentOf(areas[unit % areas.length]),
      name: unitLabel(unit),
      template: 'Unit',
      description: `Unit ${unit + 1} of ${site.name}`,
    }),
  );
  const equipment = Array.from({length: site.equipmentCount}, (_, index) => {
    const template = EQUIPMENT[index % EQUIPMENT.length] ?? 'Pump';
    return add({
      ...parentOf(units[unitOfEquipment(index)]),
      name: `${template} ${index + 1}`,
      template,
      description: index % 5 === 4 ? '' : `${template} no. ${index + 1}`,
    });
  });
  // A spare that the second unit keeps for the first: one element below two parents.
  const spare = equipment[1];
  if (spare !== undefined) units[1]?.references.push(spare);
  return equipment;
}

/** Grid and meters: a second database with a flatter tree. */
export function addEnergy(database: FillingDatabase, {seed, sites}: TreeInput): void {
  const grid = addElement(database, seed, {
    name: 'Grid',
    template: '',
    type: 'Node',
    description: 'Electrical supply',
  });
  for (const site of sites) {
    addElement(database, seed, {
      parent: grid,
      name: `Zähler ${site.name}`,
      template: 'Meter',
      type: 'Measurement',
      description: `Main meter of ${site.name}`,
    });
  }
}

interface NewElement {
  readonly parent?: FillingElement;
  readonly name: string;
  readonly template: string;
  readonly type?: ElementType;
  readonly description: string;
  readonly extendedProperties?: Readonly<Record<string, string | number>>;
}

function parentOf(parent: FillingElement | undefined): {parent?: FillingElement} {
  return parent === undefined ? {} : {parent};
}

function addElement(
  database: FillingDatabase,
  seed: number,
  {parent, ...made}: NewElement,
): FillingElement {
  const index = database.elements.length;
  const above = parent === undefined ? databasePath(database) : parent.path;
  const element: FillingElement = {
    type: 'None',
    extendedProperties: {},
    ...made,
    database,
    guid: sealGuid(elementSalt(seed), {high: database.index, low: index}),
    path: `${above}\\${made.name}`,
    categories: templateByName(made.template)?.categories ?? [],
    parent,
    children: [],
    depth: parent === undefined ? 0 : parent.depth + 1,
    references: [],
    points: [],
    salt: mixAll(seed, 'element', database.index, index),
  };
  database.elements.push(element);
  parent?.children.push(element);
  return element;
}

/** What the GUIDs of elements are sealed with. */
export function elementSalt(seed: number): number {
  return mixAll(seed, 'element-guid');
}
