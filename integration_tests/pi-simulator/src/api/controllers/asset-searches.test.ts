import {type TestClient, withSimulator} from '../../test-client';

const PRODUCTION = encodeURIComponent('\\\\AFSRV01\\Production');

/** What a search of a kind finds in the first database. */
async function found(
  client: TestClient,
  kind: string,
  query: string,
): Promise<readonly {readonly Name: string; readonly Path: string}[]> {
  const database = await client.get(`/assetdatabases?path=${PRODUCTION}`);
  const {status, body} = await client.get(
    `/${kind}/search?databaseWebId=${database.body.WebId}&query=${encodeURIComponent(query)}`,
  );
  if (status !== 200) throw new RangeError(String(status));
  return body.Items;
}

async function names(
  client: TestClient,
  kind: string,
  query: string,
): Promise<readonly string[]> {
  return (await found(client, kind, query)).map(({Name}) => Name);
}

describe('AFSearch', () => {
  it('row 37: finds elements by name, template, category and root, on every level', async () => {
    await withSimulator({}, async (client) => {
      const all = await names(client, 'elements', '');
      const reactors = await names(client, 'elements', "Name:'Reactor*'");
      const derived = await names(client, 'elements', 'Template:=Pump Name:P*');
      const below = await found(client, 'elements', 'Root:Alder Name:"Reactor 1"');
      const top = await names(client, 'elements', 'AllDescendants:False');

      expect(reactors.length).toBeGreaterThan(1);
      expect(reactors.every((name) => name.startsWith('Reactor'))).toBe(true);
      expect(derived.every((name) => name.startsWith('P'))).toBe(true);
      expect(below.length).toBeGreaterThan(0);
      expect(below.every(({Path}) => Path.includes('\\Alder\\'))).toBe(true);
      expect(top.length).toBeLessThan(all.length);
      expect(await names(client, 'elements', 'Name:<>Reactor*')).toEqual(
        all.filter((name) => !name.startsWith('Reactor')),
      );
    });
  });

  it('row 37: finds elements by what an attribute shows', async () => {
    await withSimulator({}, async (client) => {
      const some = await names(
        client,
        'elements',
        "|Temperature:>-1000 Name:'Reactor*'",
      );

      expect(some.length).toBeGreaterThan(0);
      expect(await names(client, 'elements', '|Temperature:>1000000')).toEqual([]);
      expect(await names(client, 'elements', '|Country:=Nowhere')).toEqual([]);
    });
  });

  it('row 37: finds attributes by a search inside the search', async () => {
    await withSimulator({}, async (client) => {
      const attributes = await found(
        client,
        'attributes',
        "Element:{Name:='Reactor 1' Root:Alder} Name:Temp*",
      );
      const plain = await found(client, 'attributes', "Element:'Reactor 1' Name:Temp*");

      expect(attributes.length).toBeGreaterThan(0);
      expect(
        attributes.every(
          ({Path, Name}) => Path.includes('\\Reactor 1|') && Name.startsWith('Temp'),
        ),
      ).toBe(true);
      expect(plain.length).toBeGreaterThanOrEqual(attributes.length);
    });
  });

  it('row 37: finds event frames by time, state and element', async () => {
    await withSimulator({}, async (client) => {
      const all = await names(client, 'eventframes', '');
      const open = await names(client, 'eventframes', 'InProgress:True');
      const recent = await names(client, 'eventframes', "Start:>='*-1d'");
      const long = await names(client, 'eventframes', 'Duration:>3600');
      const mine = await found(client, 'eventframes', "Element:{Name:'Reactor*'}");

      expect(all.length).toBeGreaterThan(0);
      expect(
        open.length + (await names(client, 'eventframes', 'InProgress:False')).length,
      ).toBe(all.length);
      expect(recent.length).toBeLessThanOrEqual(all.length);
      expect(long.length).toBeLessThanOrEqual(all.length);
      expect(mine.length).toBeLessThanOrEqual(all.length);
    });
  });

  it('row 37: finds no analyses where there are none', async () => {
    await withSimulator({}, async (client) => {
      expect(await names(client, 'analyses', 'Name:*')).toEqual([]);
    });
  });

  it('row 37: hands its finds out in pages', async () => {
    await withSimulator({}, async (client) => {
      const database = await client.get(`/assetdatabases?path=${PRODUCTION}`);
      const path = `/elements/search?databaseWebId=${database.body.WebId}&maxCount=2`;

      const first = await client.get(path);
      const second = await client.get(first.body.Links.Next ?? '');

      expect(first.body.Items).toHaveLength(2);
      expect(second.body.Items[0].Id).not.toBe(first.body.Items[0].Id);
    });
  });

  it.each([
    ['elements', 'Wrong:1'],
    ['elements', 'Name:a OR Name:b'],
    ['elements', "Root:'No such element'"],
    ['attributes', 'Element:{Name:a'],
    ['eventframes', 'Severity:Terrible'],
    ['eventframes', 'Start:>nonsense'],
  ])('row 37: refuses of %s: %s', async (kind, query) => {
    await withSimulator({}, async (client) => {
      await expect(found(client, kind, query)).rejects.toThrow('400');
    });
  });
});

describe('attributes', () => {
  it('row 37: without a history have no recorded values', async () => {
    await withSimulator({}, async (client) => {
      const [fixed] = await found(client, 'attributes', "Element:'Alder' Name:Country");
      const webId = (fixed as unknown as {WebId: string}).WebId;

      for (const resource of ['recorded', 'summary', 'recordedattime?time=*', 'plot']) {
        expect((await client.get(`/streams/${webId}/${resource}`)).status).toBe(409);
      }
      expect((await client.get(`/streams/${webId}/value`)).status).toBe(200);
    });
  });

  it('row 37: of a type that cannot be shown say so, and answer 501', async () => {
    await withSimulator({unsupportedAttributes: 'Temperature'}, async (client) => {
      const [odd] = await found(client, 'attributes', 'Name:Temperature');
      const {WebId, Type} = odd as unknown as {WebId: string; Type: string};

      const alone = await client.get(`/streams/${WebId}/value`);
      const direct = await client.get(`/attributes/${WebId}/value`);
      const inSet = await client.get(`/streamsets/value?webId=${WebId}`);

      expect(Type).toBe('Unsupported');
      expect([alone.status, direct.status, inSet.status]).toEqual([501, 501, 200]);
      expect(inSet.body.Items[0].WebException.StatusCode).toBe(501);
    });
  });
});
