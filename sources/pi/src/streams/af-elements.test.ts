import type {JsonObject} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {AfElements} from './af-elements';
import {AssetFrameworkStandIn, type StandInElement} from './asset-framework.stand-in';
import {runStream} from './stream-run.stand-in';

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

  it('reads anew when elements come or go between two pages', async () => {
    const af = plant(30);
    let answers = 0;
    af.beforeAnswer = ({path}) => {
      if (path.includes('elementType')) return;
      if (++answers === 3) af.elements = af.elements.slice(2);
    };

    const {records} = await runStream(streamOf(af, 5));

    const ids = new Set(idsOf(records));
    expect(af.elements.every(({id}) => ids.has(id))).toBe(true);
  });

  it('gives up where the list never comes to rest', async () => {
    const af = plant(30);
    const [first, ...others] = af.elements;
    af.beforeAnswer = () => {
      af.elements = af.elements.length === 30 ? others : [first!, ...others];
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
    const child = {
      ...element(2),
      path: `${root.path}\\Pump`,
      parentId: root.id,
    };
    af.elements = [root, child];

    const {records} = await runStream(streamOf(af, 5));

    expect(records).toMatchObject([
      {element_id: root.id, depth: 0},
      {element_id: child.id, depth: 1, parent_id: root.id, element_name: 'Pump'},
    ]);
    expect(records[0]).not.toHaveProperty('parent_id');
  });

  it('refuses a damaged state and names the part', async () => {
    const stored = {version: 1, databases: {x: {next_index: -1}}};

    await expect(runStream(streamOf(plant(1), 5), {stored})).rejects.toMatchObject({
      failureType: 'config_error',
      details: {issue: expect.stringContaining('next_index')},
    });
  });
});

function streamOf(af: AssetFrameworkStandIn, pageSize: number): AfElements {
  const databases = (): Promise<[typeof af.database]> => Promise.resolve([af.database]);
  return new AfElements({http: af.pi, databases, pageSize});
}

function plant(count: number): AssetFrameworkStandIn {
  const af = new AssetFrameworkStandIn();
  af.elements = Array.from({length: count}, (_, index) => element(index));
  return af;
}

function element(index: number): StandInElement {
  const id = `2f6d8a10-5b3c-11ee-9c4e-${index.toString(16).padStart(12, '0').slice(-12)}`;
  return {id, path: `\\\\AFSRV\\Plant\\Area ${index}`};
}

function idsOf(records: readonly JsonObject[]): string[] {
  return records.map(({element_id: id}) => id as string).sort();
}
