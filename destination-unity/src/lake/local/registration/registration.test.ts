import {TransientError, type Log} from 'airbyte-cdk-ts';

import {CatalogClient} from './catalog-client';
import {CatalogServer, refusal} from './catalog-server.stand-in';
import {Registration} from './registration';
import {tableEntry, type TableEntry} from './table-entry';

const AWAY = new TransientError('uc.example did not answer in time.');

describe('Registration', () => {
  it('tells of an early failure and goes on', async () => {
    const {registration, hasty, messages} = begin();
    hasty.faults.set('GET', [refusal(403, 'PERMISSION_DENIED', 'No.')]);

    await registration.early(entry('a'));
    await registration.early(entry('b'));

    expect(messages[0]).toMatch(/refuses to show .*No\. Loading goes on/);
    expect([...hasty.tables.keys()]).toEqual(['unity.pi.b']);
  });

  it('waits only once for a server that is away', async () => {
    const {registration, hasty} = begin();
    hasty.faults.set('GET', [AWAY, AWAY]);

    await registration.early(entry('a'));
    await registration.early(entry('b'));

    expect(hasty.asked).toEqual(['GET tables/unity.pi.a']);
  });

  it('waits patiently at the first end of a stream, and hastily at the following', async () => {
    const {registration, hasty, patient} = begin();
    hasty.faults.set('GET', [AWAY, AWAY]);
    patient.faults.set('GET', [AWAY]);

    await registration.early(entry('a'));
    await expect(registration.final(entry('a'))).rejects.toBe(AWAY);
    await expect(registration.final(entry('b'))).rejects.toBe(AWAY);

    expect(patient.asked).toHaveLength(1);
    expect(hasty.asked).toEqual(['GET tables/unity.pi.a', 'GET tables/unity.pi.b']);
  });

  it('takes the server for back when it answers again', async () => {
    const {registration, hasty, patient} = begin();
    hasty.faults.set('GET', [AWAY]);

    await registration.early(entry('a'));
    await registration.final(entry('a'));
    await registration.early(entry('b'));

    expect([...patient.tables.keys()]).toEqual(['unity.pi.a']);
    expect([...hasty.tables.keys()]).toEqual(['unity.pi.b']);
  });
});

interface Begun {
  readonly registration: Registration;
  readonly hasty: CatalogServer;
  readonly patient: CatalogServer;
  readonly messages: string[];
}

function begin(): Begun {
  const [hasty, patient] = [new CatalogServer(), new CatalogServer()];
  const messages: string[] = [];
  const collect = (message: string): void => void messages.push(message);
  const log: Log = {error: collect, warn: collect, info: collect, debug: collect};
  const client = (server: CatalogServer): CatalogClient =>
    new CatalogClient(server, 'uc.example', 'unity');
  const registration = new Registration({
    hasty: client(hasty),
    patient: client(patient),
    log,
  });
  return {registration, hasty, patient, messages};
}

function entry(table: string): TableEntry {
  const metaData = {schemaString: '{"type":"struct","fields":[]}', configuration: {}};
  const folder = `/lake/main/pi/${table}`;
  return tableEntry({catalog: 'unity', schema: 'pi', table, folder, metaData});
}
