import {filtersFor, type FramesFilter} from './event-frames-filter';

const TEMPLATES = [
  {name: 'Trip', base: undefined},
  {name: 'Pump Trip', base: 'Trip'},
  {name: 'Feed Pump Trip', base: 'Pump Trip'},
  {name: 'Batch', base: undefined},
];

describe('filtersFor', () => {
  it('asks for a template by the name that PI has for it', () => {
    expect(filterOf(['pump trip'])).toMatchObject({
      templates: ['Pump Trip'],
      scope: ['PUMP TRIP'],
    });
  });

  it.each([
    ['Pump Trip', true],
    ['FEED PUMP TRIP', true],
    ['Trip', false],
    ['Batch', false],
    ['', false],
    [null, false],
  ])('knows whether frames of %p are wanted', (name, wanted) => {
    expect(filterOf(['Pump Trip']).isWanted(name)).toBe(wanted);
  });

  it('does not stumble over templates that derive from each other', () => {
    const loop = [
      {name: 'A', base: 'B'},
      {name: 'B', base: 'A'},
      {name: 'C', base: undefined},
    ];
    const filters = filtersFor(
      ['C'],
      new Map([['x', {templates: loop, isWhole: true}]]),
    );

    expect(filters.get('x')?.isWanted('A')).toBe(false);
  });

  it('asks only those databases that have the template', () => {
    const filters = filtersFor(
      ['Batch'],
      new Map([
        ['x', {templates: TEMPLATES, isWhole: true}],
        ['y', {templates: [], isWhole: true}],
      ]),
    );

    expect(filters.get('x')?.templates).toEqual(['Batch']);
    expect(filters.get('y')?.templates).toEqual([]);
  });

  it('lists the known templates where one is not known', () => {
    expect(() => filterOf(['Trips'])).toThrow(
      'no event frame template named Trips, or hides it from the account. It shows: Batch, Feed Pump Trip, Pump Trip, Trip.',
    );
  });

  it('asks for a name it does not see where PI shows only some of the templates', () => {
    const some = new Map([['x', {templates: TEMPLATES, isWhole: false}]]);

    expect(filtersFor(['Trips'], some).get('x')?.templates).toEqual(['TRIPS']);
  });
});

function filterOf(wanted: readonly string[]): FramesFilter {
  const databases = new Map([['x', {templates: TEMPLATES, isWhole: true}]]);
  return filtersFor(wanted, databases).get('x')!;
}
