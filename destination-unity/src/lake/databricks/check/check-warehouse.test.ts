import {ConfigError, TransientError} from 'airbyte-cdk-ts';

import {countedStaging} from './counted-staging.stand-in';
import {CHANCE, NOW, TrialChecks} from './trial-check.stand-in';
import {trialName} from './trial-names';
import {TrialWarehouse, type Refusals} from './trial-warehouse.stand-in';

const DAY_MS = 24 * 60 * 60 * 1000;
const NAME = trialName(NOW, CHANCE);
const TABLE = `DROP TABLE IF EXISTS \`main\`.\`pi\`.\`${NAME}\``;
const VOLUME = `DROP VOLUME IF EXISTS \`main\`.\`pi\`.\`${NAME}\``;
const SCHEMA = `DROP SCHEMA IF EXISTS \`main\`.\`${NAME}\` CASCADE`;
const NO_SCHEMA = {
  errorClass: 'SCHEMA_NOT_FOUND',
  message: 'The schema `main`.`pi` cannot be found.',
};
const NO_VOLUME = {
  errorClass: 'UC_VOLUME_NOT_FOUND',
  message: 'Volume `main`.`pi`.`_airbyte_staging` does not exist.',
};

const STEPS = [
  'SELECT current_user()',
  'DESCRIBE SCHEMA',
  'LIST',
  'CREATE TABLE',
  'COPY INTO',
  'MERGE INTO',
  'SELECT CAST(',
  'DROP TABLE',
];

let checks: TrialChecks;

beforeAll(async () => {
  checks = await TrialChecks.open();
});

afterAll(() => checks.close());

describe('a check on which everything goes well', () => {
  it('says what it did, and takes away what it made', async () => {
    const warehouse = new TrialWarehouse();
    const staging = countedStaging();

    const said = await checks.run({warehouse, staging});

    expect(said).toBe(
      'Signed in as svc@example.com; wrote to a volume, created a table in catalog main, ' +
        'loaded it by COPY INTO and MERGE, read it and dropped it.',
    );
    expect(drops(warehouse)).toEqual([TABLE]);
    expect(staging.left()).toEqual([]);
  });

  it('tries in the order in which a sync needs it', async () => {
    const warehouse = new TrialWarehouse();

    await checks.run({warehouse});

    const steps = STEPS.map((step) =>
      warehouse.asked.findIndex((sql) => sql.startsWith(step)),
    );
    expect(steps).not.toContain(-1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it('makes a volume of its own where there is none', async () => {
    const warehouse = new TrialWarehouse({LIST: NO_VOLUME});
    const staging = countedStaging();

    const said = await checks.run({warehouse, staging});

    expect(said).toMatch(/The first sync makes volume main\.pi\._airbyte_staging\.$/);
    expect(warehouse.asked.join()).toContain(
      `CREATE VOLUME IF NOT EXISTS \`main\`.\`pi\`.\`${NAME}\``,
    );
    expect(drops(warehouse)).toEqual([TABLE, VOLUME]);
  });

  it('makes a schema of its own where there is none', async () => {
    const warehouse = new TrialWarehouse({'DESCRIBE SCHEMA `main`.`pi`': NO_SCHEMA});

    const said = await checks.run({warehouse});

    expect(said).toMatch(/The first sync makes schema main\.pi\.$/);
    expect(drops(warehouse).at(-1)).toBe(SCHEMA);
    expect(drops(warehouse).join()).not.toContain('`pi`');
  });

  it('compacts where a sync will', async () => {
    const warehouse = new TrialWarehouse();

    await checks.run({warehouse, settings: {optimize: 'end_of_sync'}});

    expect(warehouse.asked).toContain(`OPTIMIZE \`main\`.\`pi\`.\`${NAME}\``);
  });
});

interface Missing {
  readonly layer: string;
  readonly refusals: Refusals;
  readonly message: string;
  readonly left: readonly string[];
}

const MISSING: readonly Missing[] = [
  {
    layer: 'the right to use the warehouse',
    refusals: {'SELECT current_user()': {sqlState: '42501', message: 'Not yours.'}},
    message: 'give CAN USE to the principal',
    left: [],
  },
  {
    layer: 'the catalog',
    refusals: {
      'DESCRIBE SCHEMA': {
        errorClass: 'NO_SUCH_CATALOG_EXCEPTION',
        message: "Catalog 'main' was not found.",
      },
    },
    message:
      "This workspace shows no catalog main: Catalog 'main' was not found. Check the name. " +
      'If it is right: The principal svc@example.com lacks USE CATALOG on catalog main.',
    left: [],
  },
  {
    layer: 'USE CATALOG',
    refusals: {'DESCRIBE SCHEMA': denied("USE CATALOG on Catalog 'main'")},
    message: 'GRANT USE CATALOG ON CATALOG `main` TO `svc@example.com`',
    left: [],
  },
  {
    layer: 'USE SCHEMA',
    refusals: {'DESCRIBE SCHEMA': {sqlState: '42501'}},
    message: 'GRANT USE SCHEMA ON SCHEMA `main`.`pi` TO `svc@example.com`',
    left: [],
  },
  {
    layer: 'CREATE SCHEMA',
    refusals: {
      'DESCRIBE SCHEMA `main`.`pi`': NO_SCHEMA,
      'CREATE SCHEMA': denied("CREATE SCHEMA on Catalog 'main'"),
    },
    message:
      'Schema main.pi is not there or not shown to the principal, and making one was ' +
      'refused. The principal ' +
      'svc@example.com lacks CREATE SCHEMA on catalog main.',
    left: [SCHEMA],
  },
  {
    layer: 'READ VOLUME',
    refusals: {LIST: {errorClass: 'PERMISSION_DENIED'}},
    message: 'GRANT READ VOLUME ON VOLUME `main`.`pi`.`_airbyte_staging`',
    left: [],
  },
  {
    layer: 'CREATE VOLUME',
    refusals: {LIST: NO_VOLUME, 'CREATE VOLUME': {sqlState: '42501'}},
    message: 'GRANT CREATE VOLUME ON SCHEMA `main`.`pi`',
    left: [VOLUME],
  },
  {
    layer: 'CREATE TABLE',
    refusals: {'CREATE TABLE': denied("CREATE TABLE on Schema 'main.pi'")},
    message:
      'Creating a table in main.pi was refused. The principal svc@example.com lacks ' +
      'CREATE TABLE on schema main.pi.',
    left: [TABLE],
  },
  {
    layer: 'COPY INTO',
    refusals: {'COPY INTO': {message: 'Not on this edition.\n== Plan =='}},
    message: `Loading by COPY INTO main.pi.${NAME} failed: Not on this edition.`,
    left: [TABLE],
  },
  {
    layer: 'MERGE',
    refusals: {'MERGE INTO': {sqlState: '42501'}},
    message: `lacks SELECT, MODIFY on table main.pi.${NAME}`,
    left: [TABLE],
  },
  {
    layer: 'reading back',
    refusals: {'SELECT CAST(': {sqlState: '42501'}},
    message: `Reading back main.pi.${NAME} was refused.`,
    left: [TABLE],
  },
  {
    layer: 'a reply',
    refusals: {'COPY INTO': 'lost'},
    message: `Loading by COPY INTO main.pi.${NAME} failed: No reply.`,
    left: [TABLE],
  },
];

describe('a check that lacks', () => {
  it.each(MISSING)('$layer: says so and cleans up', async (missing) => {
    const warehouse = new TrialWarehouse(missing.refusals);
    const staging = countedStaging();

    const checked = checks.run({warehouse, staging});

    await expect(checked).rejects.toThrow(missing.message);
    expect(drops(warehouse)).toEqual(missing.left);
    expect(staging.left()).toEqual([]);
  });

  it('a way to the workspace: says so before anything else', async () => {
    const warehouse = new TrialWarehouse();
    const send = () => Promise.reject(new TransientError('The name x is not known.'));

    const checked = checks.run({warehouse, http: {send}});

    await expect(checked).rejects.toThrow(
      'The workspace is out of reach. The name x is not known.',
    );
    await expect(checked).rejects.toThrow(ConfigError);
    expect(warehouse.asked).toEqual([]);
  });

  it('WRITE VOLUME: reads it from the words of an upload', async () => {
    const warehouse = new TrialWarehouse();
    const staging = countedStaging();
    const words =
      "x forbids it: User does not have WRITE VOLUME on Volume 'main.pi.v'.";
    staging.stage = () => Promise.reject(new ConfigError(words));

    await expect(checks.run({warehouse, staging})).rejects.toThrow(
      'GRANT WRITE VOLUME ON VOLUME `main`.`pi`.`v` TO `svc@example.com`',
    );
    expect(drops(warehouse)).toEqual([]);
  });

  it('a right that others have named: names the principal', async () => {
    const warehouse = new TrialWarehouse();
    const staging = countedStaging();
    staging.stage = () =>
      Promise.reject(
        new ConfigError('GRANT WRITE VOLUME ON VOLUME v TO `<principal>`.'),
      );

    await expect(checks.run({warehouse, staging})).rejects.toThrow(
      'Writing a file to volume main.pi._airbyte_staging failed: ' +
        'GRANT WRITE VOLUME ON VOLUME v TO `svc@example.com`.',
    );
  });

  it('VARIANT: names the setting', async () => {
    const warehouse = new TrialWarehouse({
      'CREATE TABLE': {message: 'The type "VARIANT" is not supported.'},
    });

    await expect(
      checks.run({warehouse, settings: {jsonType: 'variant'}}),
    ).rejects.toThrow('set json_type to string');
  });
});

describe('what a check leaves', () => {
  it('is a failure where everything else went well', async () => {
    const warehouse = new TrialWarehouse({'DROP TABLE': {message: 'Not yours.'}});

    await expect(checks.run({warehouse})).rejects.toThrow(
      `Everything was made, but not taken away again by ${TABLE}: Not yours.`,
    );
  });

  it('does not hide the failure before', async () => {
    const warehouse = new TrialWarehouse({'COPY INTO': {}, 'DROP TABLE': 'lost'});

    await expect(checks.run({warehouse})).rejects.toThrow('Loading by COPY INTO');
  });

  it('is removed by a later one, and nothing else is', async () => {
    const [old, young] = [trialName(NOW - 2 * DAY_MS, 0.1), trialName(NOW - 1000, 0.2)];
    const warehouse = new TrialWarehouse(
      {},
      {
        'SHOW TABLES': [{tableName: old}, {tableName: young}, {tableName: 'tags'}],
        'SHOW VOLUMES': [{volume_name: old}, {volume_name: '_airbyte_staging'}],
        'SHOW SCHEMAS': [{databaseName: old}],
      },
    );

    await checks.run({warehouse});

    expect(drops(warehouse)).toEqual([
      `DROP TABLE IF EXISTS \`main\`.\`pi\`.\`${old}\``,
      `DROP VOLUME IF EXISTS \`main\`.\`pi\`.\`${old}\``,
      `DROP SCHEMA IF EXISTS \`main\`.\`${old}\` CASCADE`,
      TABLE,
    ]);
  });
});

function drops({asked}: TrialWarehouse): readonly string[] {
  return asked.filter((sql) => sql.startsWith('DROP'));
}

function denied(what: string): Refusals[string] {
  return {
    errorClass: 'INSUFFICIENT_PERMISSIONS',
    sqlState: '42501',
    message: `[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have ${what}.`,
  };
}
