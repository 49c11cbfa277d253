import {UsageError} from '../plant/usage-error';
import {buildScene} from '../scene';
import {named, type TestClient, withSimulator} from '../test-client';
import {truthRecords} from '../truth/records';
import {type Change} from './change';

const ROOT = '\\\\AFSRV01\\Production';
const UNIT = `${ROOT}\\Alder\\Process\\U1`;
const PUMP = `${UNIT}\\Pump 2`;

async function element(client: TestClient, path: string): Promise<number> {
  return (await client.get(`/elements?path=${encodeURIComponent(path)}`)).status;
}

describe('changes of elements', () => {
  it('a moved element keeps its GUID and takes all below it along', async () => {
    await withSimulator({historyDays: 1}, async (client) => {
      const {simulator} = client;
      const before = records(simulator);
      simulator.change({
        action: 'move_element',
        element: UNIT,
        parent: `${ROOT}\\Birch\\Utilities`,
      });
      simulator.change({
        action: 'rename_element',
        element: `${ROOT}\\Birch\\Utilities\\U1`,
        name: 'Guest',
      });

      const after = records(simulator);

      const id = before.get(PUMP)?.['element_id'];
      const moved = after.get(`${ROOT}\\Birch\\Utilities\\Guest\\Pump 2`);
      expect([moved?.['element_id'], moved?.['depth'], after.size]).toEqual([
        id,
        3,
        before.size,
      ]);
      expect(await element(client, PUMP)).toBe(404);
      const {body} = await client.get(
        `/elements?path=${encodeURIComponent(`${ROOT}\\Birch\\Utilities`)}`,
      );
      const children = (await client.get(body.Links.Elements)).body.Items;
      expect(named(children, 'Guest').Id).toBe(
        after.get(`${ROOT}\\Birch\\Utilities\\Guest`)?.['element_id'],
      );
    });
  });

  it('adds and removes elements, with all below them and all that refers to them', () => {
    const scene = buildScene({now: '2026-03-02', historyDays: 1});
    const make = (change: Change): unknown => scene.changeBook.make(change);
    make({action: 'add_element', parent: ROOT, name: 'New', template: 'Site'});
    make({action: 'add_element', parent: `${ROOT}\\New`, name: 'Below'});
    make({action: 'add_reference', element: `${ROOT}\\New\\Below`, parent: UNIT});

    const grown = [...records(scene).keys()];
    make({action: 'remove_element', element: `${ROOT}\\New`});

    expect(grown).toEqual(
      expect.arrayContaining([`${ROOT}\\New`, `${ROOT}\\New\\Below`]),
    );
    expect(records(scene).size).toBe(grown.length - 2);
    expect(scene.plant.assets.findElementByPath(UNIT.slice(2))?.references).toEqual([]);
  });

  it('shows an element below a second parent by reference', async () => {
    await withSimulator({historyDays: 1}, async (client) => {
      const parent = `${ROOT}\\Cedar`;
      const paths = async (): Promise<unknown> => {
        const path = encodeURIComponent(PUMP);
        const {WebId} = (await client.get(`/elements?path=${path}`)).body;
        return (await client.get(`/elements/${WebId}/paths`)).body.Items;
      };

      client.simulator.change({action: 'add_reference', element: PUMP, parent});
      const twice = await paths();
      client.simulator.change({action: 'remove_reference', element: PUMP, parent});

      expect(twice).toContain(`${parent}\\Pump 2`);
      expect(await paths()).not.toContain(`${parent}\\Pump 2`);
    });
  });

  it('leaves event frames their names, and takes removed elements out of them', () => {
    const scene = buildScene({now: '2026-03-02', historyDays: 4});
    const frames = (): Record<string, unknown>[] => [
      ...truthRecords(scene, 'event_frames', {from: '2026-02-20', to: '2026-03-02'}),
    ];
    const before = frames();
    const {element_id: id} = scene.changeBook.make({
      action: 'remove_element',
      element: UNIT,
    });

    const after = frames();

    expect(after.map((frame) => frame['event_name'])).toEqual(
      before.map((frame) => frame['event_name']),
    );
    const referring = (list: readonly Record<string, unknown>[]): number =>
      list.filter((frame) =>
        (frame['referenced_element_ids'] as unknown[]).includes(id),
      ).length;
    expect([referring(before) > 5, referring(after)]).toEqual([true, 0]);
  });

  it.each([
    [{action: 'move_element', element: UNIT, parent: PUMP}, 'below itself'],
    [{action: 'move_element', element: 'x', parent: UNIT}, 'no element "x"'],
    [{action: 'remove_element', element: ROOT}, 'not an element'],
    [{action: 'add_element', parent: UNIT, name: 'pump 2'}, 'there already'],
    [{action: 'remove_reference', element: UNIT, parent: PUMP}, 'does not refer to'],
    [
      {
        action: 'move_element',
        element: UNIT,
        parent: '\\\\AFSRV01\\Energy Management\\Grid',
      },
      'not an element of Production',
    ],
  ])('refuse %j', (change, message) => {
    const scene = buildScene({now: '2026-03-02', historyDays: 1});
    const make = (): unknown => scene.changeBook.make(change as Change);

    expect(make).toThrow(UsageError);
    expect(make).toThrow(message);
  });
});

function records(
  scene: Parameters<typeof truthRecords>[0],
): Map<string, Record<string, unknown>> {
  const window = {from: '2026-03-01', to: '2026-03-02'};
  return new Map(
    [...truthRecords(scene, 'af_elements', window)].map((record) => [
      record['element_path'] as string,
      record,
    ]),
  );
}
