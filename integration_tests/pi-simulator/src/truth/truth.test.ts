import {
  type State,
  type Answered,
  type TestClient,
  withSimulator,
} from '../test-client';
import {truthLines, truthRecords} from './records';

const WINDOW = {from: '2026-03-01T12:00:00Z', to: '2026-03-01T14:00:00Z'};

describe('truth', () => {
  it('is what the API serves of every point', async () => {
    await withSimulator({}, async (client) => {
      const served = (await client.points()).map((point) => readPoint(client, point));

      const expected = [...truthRecords(client.simulator, 'timeseries', WINDOW)];

      const actual = (await Promise.all(served)).flat();
      expect(actual.length).toBeGreaterThan(5_000);
      expect(actual.map((record) => JSON.stringify(record)).toSorted()).toEqual(
        expected.map((record) => JSON.stringify(ordered(record))).toSorted(),
      );
    });
  });

  it('ends at now, but for points with future data', async () => {
    await withSimulator({historyDays: 1}, (client) => {
      const records = [
        ...truthRecords(client.simulator, 'timeseries', {
          from: '2026-03-02T05:59:00Z',
          to: '2027-01-01',
        }),
      ];

      const late = records.filter(
        (record) => (record['timestamp'] as string) > '2026-03-02T06:00:00Z',
      );
      expect(late.length).toBeGreaterThan(0);
      expect(new Set(late.map((record) => record['tag_name']))).toEqual(
        new Set(['Alder.U4.JF-031', 'Birch.U4.JF-031', 'Cedar.U4.JF-031']),
      );
    });
  });

  it('is half-open: windows that meet share nothing and lose nothing', async () => {
    await withSimulator({historyDays: 1}, (client) => {
      const count = (from: string, to: string): number =>
        [...truthLines(client.simulator, 'timeseries', {from, to})].join('').split('\n')
          .length - 1;
      const [middle] = [...truthRecords(client.simulator, 'timeseries', WINDOW)];
      const seam = middle!['timestamp'] as string;

      expect(count(WINDOW.from, seam) + count(seam, WINDOW.to)).toBe(
        count(WINDOW.from, WINDOW.to),
      );
    });
  });

  it('numbers the events on one instant from 0', async () => {
    await withSimulator({}, (client) => {
      const records = [
        ...truthRecords(client.simulator, 'timeseries', {
          from: '2026-03-01',
          to: '2026-03-02',
        }),
      ].filter((record) => record['tag_name'] === 'Alder U4 Log #032 & notes');
      const burst = records.filter((record) =>
        (record['value_string'] as string).includes('/37 '),
      );

      expect(burst.map((record) => record['sequence'])).toEqual(
        Array.from({length: 37}, (_, index) => index),
      );
    });
  });

  it('has the elements that the API serves', async () => {
    await withSimulator({}, async (client) => {
      const server = await client.first('/assetservers');
      const databases = (await client.get(server.Links.Databases)).body.Items;
      const lists = await Promise.all(
        databases.map((database) =>
          client.get(
            `${database.Links.Elements}?searchFullHierarchy=true&webIdType=IDOnly`,
          ),
        ),
      );

      const served = lists.flatMap((list) =>
        list.body.Items.map((item) => [
          item.Id,
          item.Path,
          item.WebId,
          item.HasChildren,
        ]),
      );

      const records = [...truthRecords(client.simulator, 'af_elements', WINDOW)].map(
        (record) => [
          record['element_id'],
          record['element_path'],
          record['web_id'],
          record['has_children'],
        ],
      );
      expect(served.toSorted()).toEqual(records.toSorted());
    });
  });

  it('has the event frames that the API serves, with their parents', async () => {
    await withSimulator({}, async (client) => {
      const path = encodeURIComponent('\\\\AFSRV01\\Production');
      const database = (await client.get(`/assetdatabases?path=${path}`)).body;
      const {body} = await client.get(
        `${database.Links.EventFrames}?startTime=*-3d&searchFullHierarchy=true&webIdType=IDOnly`,
      );
      const idOf = new Map<string, string>(
        body.Items.map((item) => [item.Links.Self, item.Id]),
      );

      const served = body.Items.map((item) => [
        item.Id,
        item.Name,
        item.WebId,
        item.EndTime.startsWith('9999'),
        idOf.get(item.Links.Parent) ?? '',
      ]);

      const records = [
        ...truthRecords(client.simulator, 'event_frames', {
          from: '2026-02-01',
          to: '2026-04-01',
        }),
      ].map((record) => [
        record['event_frame_id'],
        record['event_name'],
        record['web_id'],
        record['is_open'],
        record['parent_event_frame_id'] ?? '',
      ]);
      expect(served.toSorted()).toEqual(records.toSorted());
    });
  });
});

/** Reads a point over HTTP and turns its values into records, in a way of its own. */
async function readPoint(
  client: TestClient,
  point: Answered,
): Promise<readonly object[]> {
  const {body} = await client.get(
    `/streams/${point.WebId}/recorded?startTime=${WINDOW.from}&endTime=${WINDOW.to}&maxCount=100000`,
  );
  const seen = new Map<string, number>();
  return body.Items.map((item) => ({
    ...item,
    Timestamp: sevenDecimals(item.Timestamp),
  }))
    .filter((item) => item.Timestamp < sevenDecimals(WINDOW.to))
    .map((item) => {
      const sequence = seen.get(item.Timestamp) ?? 0;
      seen.set(item.Timestamp, sequence + 1);
      return ordered({
        tag_webid: point.WebId,
        tag_name: point.Name,
        timestamp: item.Timestamp,
        sequence,
        ...valueFields(item.Value, point.PointType),
        quality_good: item.Good,
        quality_questionable: item.Questionable,
        quality_substituted: item.Substituted,
        quality_annotated: item.Annotated,
        ...(point.EngineeringUnits !== '' && {units: point.EngineeringUnits}),
      });
    });
}

function valueFields(value: unknown, pointType: string): object {
  if (typeof value === 'number') return {value, value_kind: 'number'};
  if (typeof value === 'object') {
    const {Name, Value, IsSystem} = value as State;
    const value_kind = IsSystem ? 'system_state' : 'digital';
    return {digital_code: Value, digital_name: Name, value_kind};
  }
  if (pointType === 'Timestamp') {
    return {value_string: sevenDecimals(value as string), value_kind: 'timestamp'};
  }
  if (pointType === 'Blob') return {value_string: value, value_kind: 'blob'};
  return {
    value_string: value,
    value_kind: pointType === 'String' ? 'string' : 'number',
  };
}

function sevenDecimals(time: string): string {
  const [whole, fraction = ''] = time.slice(0, -1).split('.');
  return `${whole}.${fraction.padEnd(7, '0')}Z`;
}

function ordered(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
