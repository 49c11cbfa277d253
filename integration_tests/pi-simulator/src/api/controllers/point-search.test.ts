import {type TestClient, withSimulator} from '../../test-client';

/** The names that a search finds on the first server. */
async function found(
  client: TestClient,
  query: string,
  more = '',
): Promise<readonly string[]> {
  const {status, body} = await client.get(
    `/points/search?query=${encodeURIComponent(query)}${more}`,
  );
  if (status !== 200) throw new RangeError(String(status));
  return body.Items.map(({Name}) => Name);
}

const SEARCHING = {version: '2023'} as const;

describe('points/search', () => {
  it.each([
    ['2019', 404],
    ['2021SP3', 200],
    ['2023', 200],
  ] as const)(
    'row 14: is there from 2021 SP3 on: %s answers %i',
    async (version, status) => {
      await withSimulator({version}, async (client) => {
        expect((await client.get('/points/search')).status).toBe(status);
      });
    },
  );

  it('row 14: hands out no more than 1000 at once', async () => {
    await withSimulator({...SEARCHING, points: 3000, plants: 1}, async (client) => {
      const most = await client.get(
        '/points/search?selectedFields=Items.Id;Links.Next',
      );
      const tooMany = await client.get('/points/search?maxCount=1001');
      const next = await client.get(most.body.Links.Next ?? '');

      expect(most.body.Items).toHaveLength(1000);
      expect(tooMany.status).toBe(400);
      expect(tooMany.body.Errors[0]).toContain(
        'is greater than the maximum allowed (1000)',
      );
      expect(next.body.Items[0].Id).toBe(1001);
    });
  });

  it('row 14: knows tags, wildcards, attributes, AND, OR and quotes', async () => {
    await withSimulator(SEARCHING, async (client) => {
      const all = await found(client, '');
      const one = await found(client, 'Alder.U1.TI-001');
      const both = await found(client, 'tag:=Alder.U1.TI-001 OR name:Alder.U1.PI-002');
      const digital = await found(client, 'PointType:=Digital AND tag:"Alder*"');
      const flows = await found(client, "EngUnits:'m3/h' Tag:*");
      const others = await found(client, 'Tag:<>Alder*');
      const wide = await found(client, 'Span:>=1000');

      expect(one).toEqual(['Alder.U1.TI-001']);
      expect(both).toEqual(['Alder.U1.TI-001', 'Alder.U1.PI-002']);
      expect(digital.length).toBeGreaterThan(0);
      expect(digital.every((name) => name.includes('.XS-') || name.includes('.'))).toBe(
        true,
      );
      expect(flows.length).toBeLessThan(all.length);
      expect(others).toEqual(all.filter((name) => !name.startsWith('Alder')));
      expect(wide.length).toBeLessThan(all.length);
    });
  });

  it('row 14: compares a bare text as the option says', async () => {
    await withSimulator(SEARCHING, async (client) => {
      const names = async (option: string): Promise<number> =>
        (await found(client, 'U1.TI', `&searchOption=${option}`)).length;

      expect(await names('Contains')).toBeGreaterThan(0);
      expect(await names('1')).toBe(await names('Contains'));
      expect([await names('ExactMatch'), await names('StartsWith')]).toEqual([0, 0]);
      expect(
        await found(client, '*temperature*', '&searchNameAndDescriptor=true'),
      ).toContain('Alder.U1.TI-001');
    });
  });

  it('row 14: looks at the newest value', async () => {
    const csv =
      'tag,timestamp,value\nHot,2026-03-02T05:00:00Z,90\nCold,2026-03-01T05:00:00Z,5\n';
    const replay = [{name: 'a.csv', csv}];
    await withSimulator({...SEARCHING, replay, points: 0}, async (client) => {
      expect(await found(client, "TimeStamp:>'*-2h'")).toEqual(['Hot']);
      expect(await found(client, 'Value:<10 IsGood:True')).toEqual(['Cold']);
      expect(await found(client, 'Questionable:True')).toEqual([]);
    });
  });

  it.each([
    'Wrong:=1',
    'Value:>hot',
    'tag:',
    'Value:>1 OR tag:*',
    "TimeStamp:>'nonsense'",
  ])('row 14: refuses %s', async (query) => {
    await withSimulator(SEARCHING, async (client) => {
      const reply = await client.get(
        `/points/search?query=${encodeURIComponent(query)}`,
      );

      expect(reply.status).toBe(400);
    });
  });
});
