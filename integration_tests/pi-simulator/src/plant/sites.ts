/** One production site, called a plant in the options. */
export interface Site {
  readonly index: number;
  readonly name: string;
  readonly pointCount: number;
  readonly unitCount: number;
  readonly equipmentCount: number;
}

const NAMES = ['Alder', 'Birch', 'Cedar'];
const MIN_UNITS = 6;
const EQUIPMENT_PER_UNIT = 2;
const POINTS_PER_UNIT = 16;

/** Spreads the points evenly over the sites; a site grows with its points. */
export function sites(siteCount: number, pointCount: number): readonly Site[] {
  return Array.from({length: siteCount}, (_, index) => {
    const own = Math.floor((pointCount + siteCount - 1 - index) / siteCount);
    const unitCount = Math.max(MIN_UNITS, Math.ceil(own / POINTS_PER_UNIT));
    return {
      index,
      name: NAMES[index] ?? `Site${String(index + 1).padStart(2, '0')}`,
      pointCount: own,
      unitCount,
      equipmentCount: unitCount * EQUIPMENT_PER_UNIT,
    };
  });
}

/** The unit (from 0) that a piece of equipment (from 0) belongs to. */
export function unitOfEquipment(equipment: number): number {
  return Math.floor(equipment / EQUIPMENT_PER_UNIT);
}

/** Number of a unit as people write it: from 1. */
export function unitLabel(unit: number): string {
  return `U${unit + 1}`;
}
