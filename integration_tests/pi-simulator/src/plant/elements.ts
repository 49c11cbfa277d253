import {type AfElement} from './asset-model';
import {type ElementBook, type KeptElement, type NewElement} from './element-book';
import {type Point} from './point';
import {type Site, unitLabel, unitOfEquipment} from './sites';

/** What the tree of the production database is made from. */
export interface TreeInput {
  readonly sites: readonly Site[];
  /** Every point that is mounted somewhere. */
  readonly points: readonly Point[];
}

const AREAS = ['Process', 'Utilities', 'Lager & Versand'];
const EQUIPMENT = ['Reactor', 'Pump', 'Tank', 'Compressor'];

/** Site, area, unit, equipment: four levels. */
export function addProduction(database: ElementBook, input: TreeInput): void {
  for (const site of input.sites) {
    const equipment = addSite(database, site);
    for (const point of input.points) {
      if (point.mounting?.site !== site.index) continue;
      equipment[point.mounting.equipment]?.points.push(point);
    }
  }
}

function addSite(database: ElementBook, site: Site): KeptElement[] {
  const add = (child: NewElement): KeptElement => database.add(child);
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
export function addEnergy(database: ElementBook, {sites}: TreeInput): void {
  const grid = database.add({
    name: 'Grid',
    template: '',
    type: 'Node',
    description: 'Electrical supply',
  });
  for (const site of sites) {
    database.add({
      parent: grid,
      name: `Zähler ${site.name}`,
      template: 'Meter',
      type: 'Measurement',
      description: `Main meter of ${site.name}`,
    });
  }
}

function parentOf(parent: AfElement | undefined): {parent?: AfElement} {
  return parent === undefined ? {} : {parent};
}
