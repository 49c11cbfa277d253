import type {JsonObject, LineSink, Log} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {AfElements} from './af-elements';
import {ParentFinder} from './af-elements-parents';
import {AssetFrameworkStandIn, type StandInElement} from './asset-framework.stand-in';
import {runStream} from './stream-run.stand-in';

const TOP = String.raw`\\AFSRV\Plant`;

describe('af_elements', () => {
  it('delivers every element, killed at any moment and started again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(40),
        fc.integer({min: 2, max: 9}),
        fc.array(fc.nat(4), {maxLength: 4}),
        async (count, pageSize, kills) => {
          const af = plant(count);
          const records: JsonObject[] = [];
          let stored: JsonObject | undefined;
          for (const slices of [...kills, Infinity]) {
            const run = await runStream(streamOf(af, pageSize), {stored, slices});
            records.push(...run.records);
            stored = run.state;
          }

          expect(idsOf(records)).toEqual(af.elements.map(({id}) => id));
        },
      ),
      {numRuns: 100, seed: 1},
    );
  });

  it('misses none that was there all along, whatever comes and goes between pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({min: 20, max: 60}),
        fc.integer({min: 4, max: 9}),
        fc.array(fc.record({at: fc.nat(80), comes: fc.boolean()}), {maxLength: 12}),
        async (count, pageSize, changes) => {
          const af = plant(count);
          const still = new Set(af.elements.map(({id}) => id));
          const left = [...changes];
          af.beforeAnswer = ({path}) => {
            const change = path.includes('elements?') ? left.shift() : undefined;
            if (change?.comes === true) {
              af.elements = [...af.elements, element(change.at + 0.5)];
            } else if (change !== undefined) {
              const gone = element(change.at).id;
              still.delete(gone);
              af.elements = af.elements.filter(({id}) => id !== gone);
            }
          };

          const {records} = await runStream(streamOf(af, pageSize));

          const ids = new Set(idsOf(records));
          expect([...still].filter((id) => !ids.has(id))).toEqual([]);
        },
      ),
      {numRuns: 300, seed: 1},
    );
  });

  it('goes on at its place when elements come or go before it', async () => {
    const af = plant(60);
    let pages = 0;
    af.beforeAnswer = ({path}) => {
      if (path.includes('associations=Paths') && ++pages === 3)
        af.elements = af.elements.slice(2);
    };

    const {records} = await runStream(streamOf(af, 10));

    expect(new Set(idsOf(records)).size).toBe(records.length);
  });

  it('gives up where the list never comes to rest', async () => {
    const af = plant(30);
    let answers = 0;
    af.beforeAnswer = () => {
      const generation = 100 * ++answers;
      af.elements = af.elements.map((_, index) => element(generation + index));
    };
    const churn = streamOf(af, 5);

    await expect(runStream(churn)).rejects.toMatchObject({
      failureType: 'transient_error',
    });
  });

  it.each([
    ['link', true],
    ['path', false],
  ])('knows the parent by its %s and the level', async (_, withParentLinks) => {
    const af = new AssetFrameworkStandIn();
    af.withParentLinks = withParentLinks;
    const root = element(1);
    const child = {...element(2), path: `${root.path}\\Pump`, parentId: root.id};
    af.elements = [root, child];

    const {records} = await runStream(streamOf(af, 5));

    expect(records).toMatchObject([
      {element_id: root.id, depth: 0, reference_parent_ids: []},
      {element_id: child.id, depth: 1, parent_id: root.id, element_name: 'Pump'},
    ]);
    expect(records[0]).not.toHaveProperty('parent_id');
  });

  it.each([true, false])(
    'knows all elements below which one is referenced (links: %s)',
    async (withParentLinks) => {
      const af = new AssetFrameworkStandIn();
      af.withParentLinks = withParentLinks;
      const [area, system] = [element(1), element(2)];
      const path = `${area.path}\\Pump`;
      // Below a referenced element, and at the top of the database too.
      const morePaths = [`${system.path}\\Pump`, `${TOP}\\Pump`];
      af.elements = [area, system, {...element(3), path, parentId: area.id, morePaths}];

      const {records} = await runStream(streamOf(af, 5));

      expect(records[2]).toMatchObject({
        parent_id: area.id,
        paths: [path, ...morePaths],
        reference_parent_ids: [system.id],
      });
    },
  );

  it.each([true, false])(
    'finds parents whatever is in a name (links: %s)',
    async (withParentLinks) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(names(), {minLength: 2, maxLength: 12}),
          async (all) => {
            const af = new AssetFrameworkStandIn();
            af.withParentLinks = withParentLinks;
            const elements: StandInElement[] = [];
            for (const [index, name] of all.entries()) {
              const parent = elements[Math.floor(index / 2) - 1];
              const path = `${parent?.path ?? TOP}\\${name}`;
              elements.push({id: element(index).id, path, parentId: parent?.id});
            }
            af.elements = elements;

            const {records} = await runStream(streamOf(af, 3));

            expect(records.map(({parent_id: id}) => id)).toEqual(
              elements.map(({parentId}) => parentId),
            );
          },
        ),
        {numRuns: 100, seed: 1},
      );
    },
  );

  it('tells siblings of one name apart by the link to their parent', async () => {
    const af = new AssetFrameworkStandIn();
    const [first, second] = [element(1), {...element(2), path: element(1).path}];
    const path = `${first.path}\\Pump`;
    af.elements = [
      ...[first, second],
      {...element(3), path, parentId: first.id},
      {...element(4), path, parentId: second.id},
    ];

    const {records} = await runStream(streamOf(af, 5));

    expect(records.slice(2).map(({parent_id: id}) => id)).toEqual([
      first.id,
      second.id,
    ]);
  });

  it('gives a moved element the parent it has when it is read', async () => {
    const af = plant(12);
    const [area, system] = af.elements;
    af.elements = af.elements.map((one, index) =>
      index < 2 ? one : {...one, path: `${area?.path}\\${index}`, parentId: area?.id},
    );
    let pages = 0;
    af.beforeAnswer = ({path}) => {
      if (!path.includes('associations=Paths') || ++pages !== 2) return;
      af.elements = af.elements.map((one, index) =>
        index < 2
          ? one
          : {...one, path: `${system?.path}\\${index}`, parentId: system?.id},
      );
    };

    const {records} = await runStream(streamOf(af, 6));

    const parents = records.map(({parent_id: id}) => id);
    expect(parents.slice(2, 6)).toEqual(Array(4).fill(area?.id));
    expect(parents.slice(6)).toEqual(Array(6).fill(system?.id));
  });

  it('holds a page and no more, however many elements there are', async () => {
    const count = 100_000;
    const af = plant(count);
    const stream = streamOf(af, 5000);
    const pieces: number[] = [];
    const lines: LineSink = {
      envelope: () => ({head: '', tail: '\n'}),
      memory: () => Buffer.allocUnsafe(65_536),
      write: (_, records) => Promise.resolve(void pieces.push(records)),
    };
    let state = stream.decodeState(undefined);
    let slices = 0;
    for (let read = -1; read !== 0; slices += read) {
      read = 0;
      for await (const slice of stream.plan(state)) {
        read++;
        state = stream.advance(state, await stream.read(slice, lines));
        expect(JSON.stringify(stream.encodeState(state)).length).toBeLessThan(300);
      }
    }

    expect(pieces.reduce((sum, records) => sum + records, 0)).toBe(count);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(500);
    expect(slices).toBeLessThanOrEqual(count / 4999 + 1);
  });

  it('refuses a damaged state and names the part', async () => {
    const stored = {version: 1, databases: {x: {next_index: -1}}};

    await expect(runStream(streamOf(plant(1), 5), {stored})).rejects.toMatchObject({
      failureType: 'config_error',
      details: {issue: expect.stringContaining('next_index')},
    });
  });
});

describe('ParentFinder', () => {
  it('keeps no more paths than it may, and asks again for the others', async () => {
    const af = plant(50);
    af.withParentLinks = false;
    const finder = new ParentFinder(af.pi, 10);
    const children = af.elements.map(({id, path}, index) => ({
      ...{WebId: id, Id: element(100 + index).id, Name: 'Pump', Path: `${path}\\Pump`},
    }));

    const found = await finder.parentsOf(children);
    const again = await finder.parentsOf(children);

    expect(found.map(({parentId}) => parentId)).toEqual(af.elements.map(({id}) => id));
    expect(again).toEqual(found);
    expect(finder.size).toBe(10);
  });

  it('counts the paths at which PI has nothing', async () => {
    const finder = new ParentFinder(plant(0).pi);
    const Path = `${TOP}\\Hidden\\Pump`;

    const found = await finder.parentsOf([{WebId: '', Id: '', Name: 'Pump', Path}]);

    expect(found).toEqual([{parentId: undefined, referenceParentIds: []}]);
    expect(finder.unknown).toBe(1);
  });
});

const nothing = (): void => undefined;
const LOG: Log = {error: nothing, warn: nothing, info: nothing, debug: nothing};

function streamOf(af: AssetFrameworkStandIn, pageSize: number): AfElements {
  const databases = (): Promise<[typeof af.database]> => Promise.resolve([af.database]);
  return new AfElements({http: af.pi, databases, pageSize, log: LOG});
}

function plant(count: number): AssetFrameworkStandIn {
  const af = new AssetFrameworkStandIn();
  af.elements = Array.from({length: count}, (_, index) => element(index));
  return af;
}

/** Ids rise with the number; one with a half comes between two. */
function element(index: number): StandInElement {
  const number = (index * 2).toString(16).padStart(12, '0');
  return {id: `2f6d8a10-5b3c-11ee-9c4e-${number}`, path: `${TOP}\\Area ${index}`};
}

/** All that AF allows in a name. */
function names(): fc.Arbitrary<string> {
  const odd = fc.constantFrom(
    '&',
    '#',
    '%',
    '+',
    '/',
    '=',
    ' ',
    'ü',
    '漢',
    '😀',
    '{0}',
    '$',
  );
  const letter = fc.string({minLength: 1, maxLength: 1, unit: 'grapheme'});
  const part = fc.oneof(odd, letter).filter((text) => !/[\\*?;{}[\]|`'"]/.test(text));
  return fc.array(part, {minLength: 1, maxLength: 8}).map((parts) => parts.join(''));
}

function idsOf(records: readonly JsonObject[]): string[] {
  return records.map(({element_id: id}) => id as string).sort();
}
