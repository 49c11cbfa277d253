import {randomBytes} from 'node:crypto';

import type {StreamStory} from '../behaviours/stream-story';
import {entryColumns} from './catalog-reader';
import {deltaColumns} from './delta-columns';
import {RegisteringConnection} from './registering-connection';
import {standInUnderTest} from './server-under-test';

/** These need a server that fails on demand: the stand-in alone can. */
describe('registration in a stand-in that fails', () => {
  it('asks what is registered, and no more, where nothing has changed', async () => {
    await using server = await standInUnderTest();
    await using connection = begin(server);
    await connection.sync([story({})]);
    server.standIn.asked.length = 0;

    await connection.sync([story({})]);

    const name = `tables/unity.${connection.schema}.values`;
    expect(new Set(server.standIn.asked)).toEqual(new Set([`GET ${name}`]));
  });

  it('keeps the rows and the states of a stream that may not be registered', async () => {
    await using server = await standInUnderTest();
    await using connection = begin(server);
    const message = 'No CREATE TABLE.';
    server.standIn.addFault({on: 'POST tables', times: 9, kind: 'refused', message});

    const refused = await connection.sync([story({})]);
    server.standIn.clearFaults();
    const repaired = await connection.sync([story({batches: []})]);

    expect(refused.exit).toBe(1);
    expect(refused.states).toHaveLength(1);
    expect(refused.errors[0]?.message).toMatch(
      /The rows are stored in .* refuses to register the table \S+: No CREATE TABLE\./,
    );
    expect(repaired).toMatchObject({exit: 0, errors: []});
    expect(server.standIn.store.tables.size).toBe(1);
  });

  it('registers anew what a killed sync had only removed', async () => {
    await using server = await standInUnderTest();
    await using connection = begin(server);
    const changed = story({properties: {...ID, more: {type: 'string'}}});
    await connection.sync([story({})]);
    server.standIn.addFault({on: 'POST tables', times: 1, kind: 'held'});

    const held = server.standIn.held();
    const run = connection.start([changed]);
    await held;
    run.kill();
    const killed = await run.end();
    const between = server.standIn.store.tables.size;
    const end = await connection.sync([changed]);

    const entry = await connection.reader.table(connection.schema, 'values');
    expect([killed.exit, between]).toEqual(['SIGKILL', 0]);
    expect(end).toMatchObject({exit: 0, errors: []});
    expect(entry === undefined ? [] : entryColumns(entry)).toEqual(
      deltaColumns(connection.tableFolder('values')).columns,
    );
  });

  it.each(['POST schemas', 'POST tables', 'DELETE tables', 'GET tables'])(
    'goes on where the answer to %s is lost',
    async (on) => {
      await using server = await standInUnderTest();
      await using connection = begin(server);
      await connection.sync([story({name: 'first'})]);
      await connection.reader.removeSchema(connection.schema);
      await connection.sync([story({})]);
      if (on === 'POST schemas')
        await connection.reader.removeSchema(connection.schema);
      server.standIn.addFault({on, times: 1, kind: 'answer_lost'});

      const properties = {...ID, more: {type: 'string'}};
      const end = await connection.sync([story({properties})]);

      expect(end).toMatchObject({exit: 0, errors: []});
      const entry = await connection.reader.table(connection.schema, 'values');
      expect(entry?.columns.map(({name}) => name)).toContain('more');
    },
  );

  it('waits out a server that is being restarted', async () => {
    await using server = await standInUnderTest();
    await using connection = begin(server);
    server.standIn.addFault({on: 'GET tables', times: 2, kind: 'refused', status: 503});

    const end = await connection.sync([story({})]);

    expect(end).toMatchObject({exit: 0, errors: [], warnings: []});
    expect(server.standIn.store.tables.size).toBe(1);
  });

  it('says that the token is refused, and never what it is', async () => {
    await using server = await standInUnderTest();
    await using connection = begin(server);
    const token = 'a-token-nobody-knows';

    const answer = await connection.check({token});
    const end = await connection.sync([story({})], {token});

    expect(answer.status).toBe('FAILED');
    expect(answer.message).toMatch(/refused the credentials: the token is wrong/);
    expect(end.exit).toBe(1);
    expect(end.states).toHaveLength(1);
    expect(end.errors[0]?.message).toMatch(
      /The rows are stored in .*the token is wrong/,
    );
    expect(JSON.stringify([answer, end])).not.toContain(token);
  });

  it('refuses to change a table in place, as the published server does', async () => {
    await using server = await standInUnderTest();
    const {url, token} = server.reader.address;

    const {status} = await fetch(
      `${url}/api/2.1/unity-catalog/tables/unity.pi.values`,
      {
        method: 'PATCH',
        headers: {Authorization: `Bearer ${token}`},
      },
    );

    expect(status).toBe(405);
  });
});

const ID = {id: {type: 'integer'}};

function story(members: Partial<StreamStory>): StreamStory {
  return {name: 'values', properties: ID, batches: [[{id: 1}]], ...members};
}

function begin({
  reader,
}: Awaited<ReturnType<typeof standInUnderTest>>): RegisteringConnection {
  const schema = `registration_${randomBytes(4).toString('hex')}`;
  return new RegisteringConnection(reader, {schema, settings: {}});
}
