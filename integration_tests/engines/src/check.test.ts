import {TrialWarehouse} from '../../../destination-unity/src/lake/databricks/check/trial-warehouse.stand-in';
import {openDatabricksLake} from '../../../destination-unity/src/lake/databricks/open-databricks-lake';
import type {
  StagingSettings,
  WarehouseAddress,
} from '../../../destination-unity/src/lake/databricks/settings';
import {PRINCIPAL, Stand, VOLUME} from './connection.stand-in';
import {NO_RESULT, SqlError, textAnswer, type Answer} from './wire';

describe('a check by the driver', () => {
  it.each(['sql_put', 'files_api'] as const)('goes well by %s', async (upload) => {
    await using stand = await Stand.open();
    stand.execute = answersOfAWarehouse();
    stand.storage.volumes.create(['main', 'lake', 'staging'], false);

    const said = await check(stand, {}, upload);

    expect(said).toMatch(
      /^Signed in as svc@example\.com; wrote to a volume, .* dropped it\.$/,
    );
    expect(stand.storage.volumes.list('/Volumes/main/lake/staging')).toEqual([]);
  });

  it('makes a volume to try it, and takes it away', async () => {
    await using stand = await Stand.open();
    stand.execute = answersOfAWarehouse();

    const said = await check(stand);

    expect(said).toMatch(/The first sync makes volume main\.lake\.staging\.$/);
    expect(stand.executed.filter((sql) => /^(CREATE|DROP) VOLUME/.test(sql))).toEqual([
      expect.stringMatching(/^CREATE VOLUME .*_airbyte_check_/),
      expect.stringMatching(/^DROP VOLUME .*_airbyte_check_/),
    ]);
  });

  it('signs in as a service principal', async () => {
    await using stand = await Stand.open();
    stand.execute = answersOfAWarehouse();

    await check(stand, {authentication: PRINCIPAL});

    expect(stand.concealed).toHaveLength(1);
  });
});

describe('a check that cannot reach its warehouse', () => {
  it.each<[string, Partial<WarehouseAddress>, RegExp]>([
    [
      'a port where nobody listens',
      {port: 1},
      /^The workspace is out of reach\. localhost:1 refused the connection/,
    ],
    [
      'an authority that is not trusted',
      {caCertificate: undefined},
      /^The workspace is out of reach\. .* "CA certificate"/,
    ],
    [
      'a proxy that is not there',
      {proxyUrl: 'http://user:hunter2@localhost:1'},
      /^The workspace is out of reach\. .* The way there leads through the proxy/,
    ],
    [
      'a token that is refused',
      {authentication: {kind: 'token', token: 'stale'}},
      /refused the credentials: the token is wrong, has expired or was revoked/,
    ],
    [
      'a secret that is refused',
      {
        authentication: {
          kind: 'service_principal',
          clientId: 'client-id',
          clientSecret: 'wrong-one',
        },
      },
      /refused the service principal: client id or client secret is wrong/,
    ],
    [
      'another path',
      {httpPath: '/sql/1.0/warehouses/none'},
      /knows no SQL warehouse under the HTTP path of the configuration/,
    ],
  ])('because of %s says so', async (_, part, message) => {
    await using stand = await Stand.open();

    const said = await check(stand, part).catch(String);

    expect(said).toMatch(message);
    expect(said).not.toMatch(/hunter2|stale|wrong-one/);
    expect(stand.executed).toEqual([]);
  });
});

async function check(
  stand: Stand,
  part: Partial<WarehouseAddress> = {},
  upload: StagingSettings['upload'] = 'sql_put',
): Promise<string> {
  const {log, conceal, ...pace} = stand.surroundings;
  const {catalog, schema, volume} = VOLUME;
  const lake = openDatabricksLake(
    {
      address: stand.address(part),
      catalog,
      schema,
      staging: {volume, upload},
      clustering: {kind: 'auto'},
      jsonType: 'string',
      optimize: 'never',
    },
    {log, conceal, pace},
  );
  try {
    return await lake.check();
  } finally {
    await lake.close();
  }
}

/** A stand-in for what stands behind the wire: it has no rows. */
function answersOfAWarehouse(): (sql: string) => Promise<Answer> {
  const warehouse = new TrialWarehouse();
  return async (sql) => {
    const outcome = await warehouse.attempt(sql);
    if (outcome.kind === 'refused') {
      const {errorClass, message, sqlState} = outcome.refusal;
      throw new SqlError(errorClass, message, sqlState);
    }
    const [first] = outcome.rows;
    if (first === undefined) return NO_RESULT;
    const names = Object.keys(first);
    return textAnswer(
      names,
      outcome.rows.map((row) => names.map((name) => String(row[name]))),
    );
  };
}
