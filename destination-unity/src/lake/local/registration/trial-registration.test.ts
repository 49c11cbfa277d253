import {ConfigError} from 'airbyte-cdk-ts';

import {CatalogClient} from './catalog-client';
import {CatalogServer, refusal} from './catalog-server.stand-in';
import {tryRegistration} from './trial-registration';

const NOW_MS = 1_700_000_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

describe('tryRegistration', () => {
  it('leaves a catalog as it was', async () => {
    const server = new CatalogServer();

    const said = await tried(server);

    expect(said).toBe(
      'Registered a table in the catalog unity of the Unity Catalog at uc.example and removed it.',
    );
    expect(server.asked).toContain('POST tables');
    expect([server.tables.size, server.schemas.size]).toEqual([0, 0]);
  });

  it('keeps a schema that was there', async () => {
    const server = new CatalogServer();
    server.schemas.add('unity.pi');

    await tried(server);

    expect([...server.schemas]).toEqual(['unity.pi']);
  });

  it('says that the catalog is missing, before it makes anything', async () => {
    const server = new CatalogServer();
    server.catalogs = ['main'];

    const told = tried(server);

    await expect(told).rejects.toThrow(ConfigError);
    await expect(told).rejects.toThrow(
      'There is no catalog unity in the Unity Catalog at uc.example. Create it',
    );
    expect(server.asked).toEqual(['GET catalogs/unity']);
  });

  it.each([
    ['GET catalogs', 'refuses to show the catalog unity: No right.'],
    ['POST schemas', 'refuses to make the schema unity.pi: No right.'],
    ['POST tables', 'refuses to register the table unity.pi._airbyte_check_'],
    ['DELETE tables', 'refuses to remove the entry of table unity.pi._airbyte_check_'],
  ])('says what is refused at %s', async (request, message) => {
    const server = new CatalogServer();
    server.faults.set(request, [refusal(403, 'PERMISSION_DENIED', 'No right.')]);

    const told = tried(server);

    await expect(told).rejects.toThrow(ConfigError);
    await expect(told).rejects.toThrow(message);
  });

  it('takes away what it had made when a later step fails', async () => {
    const server = new CatalogServer();
    server.faults.set('GET tables/', [refusal(403, 'PERMISSION_DENIED')]);

    await expect(tried(server)).rejects.toThrow('refuses to show');

    expect([server.tables.size, server.schemas.size]).toEqual([0, 0]);
  });

  it('notices a server that gives back something else', async () => {
    const server = new CatalogServer();
    server.faults.set('GET tables/', [{status: 200, json: {name: 'x', columns: []}}]);

    await expect(tried(server)).rejects.toThrow(
      'does not give back what was registered',
    );
  });

  it('notices a page that answers in the place of a catalog server', async () => {
    const server = new CatalogServer();
    server.faults.set('GET tables', [{status: 200, json: undefined}]);

    await expect(tried(server)).rejects.toThrow('is no Unity Catalog server');
  });

  it('removes what killed checks left, over all pages, and nothing else', async () => {
    const server = new CatalogServer();
    server.schemas.add('unity.pi');
    const at = (ms: number): string => `_airbyte_check_${ms.toString(36)}_0`;
    const old = [at(NOW_MS - DAY_MS - 1), at(NOW_MS - 9 * DAY_MS)];
    const kept = [at(NOW_MS - DAY_MS), '_airbyte_check_x', 'values', 'zone'];
    for (const name of [...old, ...kept]) {
      const storage_location = `file:///lake/${name}`;
      server.tables.set(`unity.pi.${name}`, {name, storage_location});
    }
    const foreign = at(NOW_MS - 5 * DAY_MS);
    server.tables.set(`unity.pi.${foreign}`, {
      name: foreign,
      storage_location: `file:///other/${foreign}`,
    });

    await tried(server);

    expect([...server.tables.keys()].sort()).toEqual(
      [...kept, foreign].map((name) => `unity.pi.${name}`).sort(),
    );
  });
});

function tried(server: CatalogServer): Promise<string> {
  const client = new CatalogClient(server, 'uc.example', 'unity');
  return tryRegistration(client, {
    folder: '/lake',
    schema: 'pi',
    now: () => NOW_MS,
    newId: () => '01234567-89ab',
  });
}
