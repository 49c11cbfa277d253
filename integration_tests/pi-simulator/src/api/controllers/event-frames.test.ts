import {parseIso} from '../../time/ticks';
import {truthRecords} from '../../truth/records';
import {
  type Reply,
  type Answered,
  type TestClient,
  named,
  withSimulator,
} from '../../test-client';

const ALL = {from: '2020-01-01', to: '2030-01-01'};
const S = '2026-03-01T06:00:00Z';
const E = '2026-03-02T00:00:00Z';
const OPEN_END = '9999-12-31T23:59:59.9999999Z';

describe('event frames', () => {
  it.each([
    'StartInclusive',
    'EndInclusive',
    'Inclusive',
    'Overlapped',
    'InProgress',
  ] as const)('row 38: are selected within a window by %s', async (mode) => {
    await withSimulator({}, async (client) => {
      const found = await ids(
        client,
        `searchMode=${mode}&startTime=${S}&endTime=${E}&searchFullHierarchy=true`,
      );

      const isExpected = {
        StartInclusive: ({start}: FrameTruth) => isWithin(start),
        EndInclusive: ({end}: FrameTruth) => isWithin(end),
        Inclusive: ({start, end}: FrameTruth) => isWithin(start) && isWithin(end),
        Overlapped: ({start, end}: FrameTruth) => start <= at(E) && end >= at(S),
        InProgress: ({start, end}: FrameTruth) => isWithin(start) && end === Infinity,
      };
      const expected = truthOf(client).filter(isExpected[mode]);
      expect(expected.length).toBeGreaterThan(0);
      expect(found.toSorted()).toEqual(expected.map(({id}) => id).toSorted());
    });
  });

  it.each([
    'BackwardFromStartTime',
    'ForwardFromStartTime',
    'BackwardFromEndTime',
    'ForwardFromEndTime',
    'BackwardInProgress',
    'ForwardInProgress',
  ] as const)('row 38: are listed from an instant on by %s', async (mode) => {
    await withSimulator({}, async (client) => {
      const iso =
        mode === 'ForwardInProgress' ? '2026-03-02T00:10:00Z' : '2026-03-02T04:00:00Z';
      const from = at(iso);

      const found = await ids(
        client,
        `searchMode=${mode}&startTime=${iso}&searchFullHierarchy=true`,
      );

      const isExpected = {
        BackwardFromStartTime: ({start}: FrameTruth) => start <= from,
        ForwardFromStartTime: ({start}: FrameTruth) => start >= from,
        BackwardFromEndTime: ({end}: FrameTruth) => end <= from,
        ForwardFromEndTime: ({end}: FrameTruth) => end > from,
        BackwardInProgress: ({start, end}: FrameTruth) =>
          start <= from && end === Infinity,
        ForwardInProgress: ({start, end}: FrameTruth) =>
          start >= from && end === Infinity,
      };
      const key = mode.endsWith('EndTime') ? 'end' : 'start';
      const sign = mode.startsWith('Forward') ? 1 : -1;
      const truth = new Map(truthOf(client).map((frame) => [frame.id, frame]));
      const expected = [...truth.values()].filter(isExpected[mode]);
      const keys = found.map((id) => truth.get(id)![key]);
      expect(expected.length).toBeGreaterThan(0);
      expect(found.toSorted()).toEqual(expected.map(({id}) => id).toSorted());
      expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -sign : a > b ? sign : 0)));
    });
  });

  it('row 38: are by default those without a parent that overlap the last eight hours, by name', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.get(await framesLink(client));

      const eightHours = at('2026-03-01T22:00:00Z');
      const expected = truthOf(client).filter(
        ({end, parent}) => end >= eightHours && parent === undefined,
      );
      const names: string[] = body.Items.map((item) => item.Name);
      expect(body.Items.map((item) => item.Id).toSorted()).toEqual(
        expected.map(({id}) => id).toSorted(),
      );
      expect(names).toEqual(
        names.toSorted((a, b) => (a.toUpperCase() < b.toUpperCase() ? -1 : 1)),
      );
    });
  });

  it('row 38: end in the year 9999 while they are open', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.get(
        `${await framesLink(client)}?searchMode=InProgress`,
      );

      expect(body.Items.length).toBeGreaterThan(0);
      expect(body.Items.every((item) => item.EndTime === OPEN_END)).toBe(true);
      expect(body.Items.every((item) => !item.AreValuesCaptured)).toBe(true);
    });
  });

  it('row 38: close, and are acknowledged, as the clock moves on', async () => {
    await withSimulator({historyDays: 20}, async (client) => {
      const open = await client.get(
        `${await framesLink(client)}?searchMode=InProgress&startTime=*-20d`,
      );
      const [frame] = open.body.Items;
      const list = `${await framesLink(client)}?startTime=*-25d&isAcknowledged=true`;
      const before = (await client.get(list)).body.Items.length;

      client.simulator.advanceClock('2026-03-05T06:00:00Z');

      const closed = await client.get(`/eventframes/${frame.WebId}`);
      expect(closed.body.EndTime < '2026-03-05T06:00:00Z').toBe(true);
      expect(closed.body).toMatchObject({Id: frame.Id, AreValuesCaptured: true});
      expect((await client.get(list)).body.Items.length).toBeGreaterThan(before);
    });
  });

  it.each([
    'searchMode=BackwardFromStartTime&endTime=*',
    'searchMode=ForwardFromEndTime&sortField=Name',
    'searchMode=ForwardInProgress&sortOrder=Descending',
    'startTime=*&endTime=*-1h',
    'searchMode=Sideways',
    'severity=Critical&startTime=nonsense',
  ])('row 38: are refused for %s', async (query) => {
    await withSimulator({}, async (client) => {
      expect((await client.get(`${await framesLink(client)}?${query}`)).status).toBe(
        400,
      );
    });
  });

  it.each<[string, (item: Answered) => boolean]>([
    ['templateName=Alarm', (item) => item.TemplateName === 'Alarm'],
    ['categoryName=Loss', (item) => item.CategoryNames.includes('Loss')],
    [
      'severity=Major&severity=Critical',
      (item) => ['Major', 'Critical'].includes(item.Severity),
    ],
    [
      'isAcknowledged=true',
      (item) => item.IsAcknowledged && item.AcknowledgedBy !== '',
    ],
    [
      'isAcknowledged=false',
      (item) => item.AcknowledgedDate === '1970-01-01T00:00:00Z',
    ],
    ['canBeAcknowledged=false', (item) => item.TemplateName === 'Batch'],
    ['nameFilter=*Batch*', (item) => item.Name.includes('Batch')],
    ['referencedElementNameFilter=Pump*', (item) => item.Name.startsWith('Pump')],
    ['referencedElementTemplateName=Unit', (item) => item.TemplateName === 'Batch'],
  ])('row 38: are filtered by %s', async (query, isExpected) => {
    await withSimulator({historyDays: 10}, async (client) => {
      const link = await framesLink(client);
      const all: readonly Answered[] = (await client.get(`${link}?startTime=*-10d`))
        .body.Items;

      const {body} = await client.get(`${link}?startTime=*-10d&${query}`);

      expect(body.Items.length).toBeGreaterThan(0);
      expect(body.Items).toEqual(all.filter(isExpected));
    });
  });

  it('row 38: lead to their children, parent, elements and attributes', async () => {
    await withSimulator({}, async (client) => {
      const link = await framesLink(client);
      const {body} = await client.get(
        `${link}?templateName=Batch&startTime=*-2d&endTime=*-1d`,
      );
      const [batch] = body.Items;

      const children = await client.get(`${batch.Links.EventFrames}?startTime=*-3d`);
      const deep = await client.get(
        `${batch.Links.EventFrames}?startTime=*-3d&searchFullHierarchy=true&sortField=StartTime`,
      );
      const react = named(deep.body.Items, 'React');
      const attributes = await client.get(batch.Links.Attributes);
      const elements = await client.get(batch.Links.ReferencedElements);

      expect(batch.HasChildren).toBe(true);
      expect(children.body.Items.map((item) => item.Name)).toEqual([
        'Charge',
        'Discharge',
        'React',
      ]);
      expect(deep.body.Items.map((item) => item.Name)).toEqual([
        'Charge',
        'React',
        'Hold',
        'Discharge',
      ]);
      expect(react.Path).toBe(`${batch.Path}\\React`);
      expect((await client.get(react.Links.Parent)).body.Id).toBe(batch.Id);
      expect(attributes.body.Items.map((item) => item.Name)).toEqual([
        ...['Batch ID', 'Output', 'Product', 'Yield'],
      ]);
      expect(elements.body.Items.map((item) => item.WebId)).toEqual(
        batch.RefElementWebIds,
      );
      expect((await client.get(batch.Links.PrimaryReferencedElement)).body.WebId).toBe(
        batch.RefElementWebIds[0],
      );
    });
  });

  it('row 38: keep values of their own, as a set and for a batch template', async () => {
    await withSimulator({}, async (client) => {
      const list = `${await framesLink(client)}?startTime=*-2d&endTime=*-1d&webIdType=IDOnly`;

      const {body} = await client.batch({
        frames: {Method: 'GET', Resource: list},
        values: {
          Method: 'GET',
          RequestTemplate: {
            Resource: `${client.simulator.url}/streamsets/{0}/value?selectedFields=Items.Name;Items.Value.Value`,
          },
          ParentIds: ['frames'],
          Parameters: ['$.frames.Content.Items[*].WebId'],
        },
      });

      const truth = new Map(
        [...truthRecords(client.simulator, 'event_frames', ALL)].map((record) => [
          record['event_frame_id'],
          record['event_attributes'],
        ]),
      );
      const served = body.frames.Content.Items.map((frame, index) => [
        frame.Id,
        Object.fromEntries(
          body.values.Content.Items[index]!.Content.Items.map((item) => [
            item.Name,
            item.Value.Value,
          ]),
        ),
      ]);
      expect(served.length).toBeGreaterThan(5);
      expect(served).toEqual(served.map(([id]) => [id, truth.get(id)]));
    });
  });

  it('row 38: are found by path, in multiples and by the element they refer to', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.get(`${await framesLink(client)}?templateName=Batch`);
      const [batch] = body.Items;

      const byPath = await client.get(
        `/eventframes?path=${encodeURIComponent(batch.Path)}`,
      );
      const pathOnly = await client.get(
        `/eventframes/${batch.WebId}?webIdType=PathOnly`,
      );
      const again = await client.get(`/eventframes/${pathOnly.body.WebId}`);
      const both = await client.get(
        `/eventframes/multiple?webId=${batch.WebId}&path=${encodeURIComponent('\\\\AFSRV01\\Production\\EventFrames[no]')}`,
      );
      const ofElement = await client.get(
        `/elements/${batch.RefElementWebIds[0]}/eventframes?templateName=Phase`,
      );

      expect(byPath.body.Id).toBe(batch.Id);
      expect(again.body.Id).toBe(batch.Id);
      expect(both.status).toBe(207);
      expect(ofElement.body.Items.length).toBeGreaterThan(0);
    });
  });

  it('row 38: come in pages', async () => {
    await withSimulator({}, async (client) => {
      const query = 'startTime=*-2d&searchFullHierarchy=true';
      const all = await ids(client, query);
      const paged: string[] = [];
      let next: string | undefined = `${await framesLink(client)}?${query}&maxCount=25`;
      while (next !== undefined) {
        const {body}: Reply = await client.get(next);
        paged.push(...body.Items.map((item) => item.Id));
        next = body.Links.Next;
      }

      expect(paged).toEqual(all);
      expect(new Set(paged).size).toBe(paged.length);
    });
  });
});

interface FrameTruth {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly parent: unknown;
}

function truthOf({simulator}: TestClient): readonly FrameTruth[] {
  return [...truthRecords(simulator, 'event_frames', ALL)].map((record) => ({
    id: record['event_frame_id'] as string,
    start: at(record['start_time'] as string),
    end: typeof record['end_time'] === 'string' ? at(record['end_time']) : Infinity,
    parent: record['parent_event_frame_id'],
  }));
}

function isWithin(ticks: number): boolean {
  return ticks >= at(S) && ticks <= at(E);
}

function at(iso: string): number {
  return parseIso(iso) ?? Number.NaN;
}

async function framesLink(client: TestClient): Promise<string> {
  const {body} = await client.get(
    `/assetdatabases?path=${encodeURIComponent('\\\\AFSRV01\\Production')}`,
  );
  return body.Links.EventFrames;
}

async function ids(client: TestClient, query: string): Promise<string[]> {
  const {body} = await client.get(`${await framesLink(client)}?${query}`);
  return body.Items.map((item) => item.Id);
}
