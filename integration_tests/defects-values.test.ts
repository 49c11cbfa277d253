import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

import type {StoredPoint} from 'pi-simulator';

import {executable} from './demo/src/executables';
import {difference, NONE, open, type Row, rowsOf, type Site} from './defects.stand-in';

/** One point of each kind of value, with what each kind may be instead. */
const KINDS: readonly StoredPoint[] = [
  one('Number', 'Float64', [21.5, {number: 'NaN'}, {system: 246}]),
  one('Count', 'Int32', [0, -7]),
  one('Valve', 'Digital', [{digital: 0}, {digital: 2}, {system: 248}]),
  one('Batch', 'String', ['NaN', '12', '', 'Σ "x"']),
  one('Since', 'Timestamp', [{timestamp: '2026-01-01T00:00:00.1234567Z'}]),
  one('Blob', 'Blob', [{base64: 'AAEC/w=='}]),
];

describe('Defects of earlier extractors: values and times', () => {
  it('S-7, L-6, F-5: a value is never coerced into another kind', async () => {
    await using site = await open({stored: KINDS});

    const rows = rowsOf(await site.read(), 'timeseries');

    expect(difference(rows, site.truth('timeseries'))).toEqual(NONE);
    expect(shownOf(rows, 'Number')).toEqual([
      {value: 21.5, value_kind: 'number', units: 'degC'},
      {value_string: 'NaN', value_kind: 'number', units: 'degC'},
      {digital_code: 246, digital_name: 'I/O Timeout', value_kind: 'system_state'},
    ]);
    expect(shownOf(rows, 'Valve').map(({digital_code: code}) => code)).toEqual([
      0, 2, 248,
    ]);
    expect(shownOf(rows, 'Batch').map(({value_string: text}) => text)).toEqual([
      ...['NaN', '12', '', 'Σ "x"'],
    ]);
  });

  it('S-8, L-7: a flag that PI did not send is unknown, and never good', async () => {
    await using site = await open({stored: KINDS}, (answer) =>
      JSON.stringify(
        JSON.parse(answer, (member, value: unknown) =>
          UNSENT.includes(member) ? undefined : value,
        ),
      ),
    );

    const rows = rowsOf(await site.read(), 'timeseries');

    expect(rows).toHaveLength(site.truth('timeseries').length);
    for (const row of rows) {
      expect(row['quality_good'] ?? null).toBeNull();
      expect(row['quality_substituted'] ?? null).toBeNull();
      expect(row['quality_annotated'] ?? null).toBeNull();
      expect(row['quality_questionable']).toBe(false);
    }
  });

  it('F-4: all four flags are told apart, a bad value is not good for being unquestioned', async () => {
    const flags = ['bad', 'questionable', 'substituted', 'annotated'] as const;
    const events = flags.map((flag, value) => ({
      ...{timestamp: at(value), value},
      [flag]: true,
    }));
    await using site = await open({stored: [{name: 'F', type: 'Float64', events}]});

    const rows = rowsOf(await site.read(), 'timeseries');

    expect(difference(rows, site.truth('timeseries'))).toEqual(NONE);
    expect(rows[0]).toMatchObject({quality_good: false, quality_questionable: false});
    expect(rows[1]).toMatchObject({quality_good: true, quality_questionable: true});
    expect(rows[2]).toMatchObject({quality_substituted: true});
    expect(rows[3]).toMatchObject({quality_annotated: true});
  });

  it('S-4: times are UTC wherever the program runs, in the night when clocks go back', async () => {
    const from = '2026-04-04T14:00:00Z';
    const events = Array.from({length: 300}, (_, value) => ({
      timestamp: new Date(Date.parse(from) + value * 60_000).toISOString(),
      value,
    }));
    await using site = await open({
      ...{historyStart: from, now: '2026-04-04T19:00:00Z'},
      stored: [{name: 'Night', type: 'Float64', events}],
    });

    const rows = await rowsOfProgram(site, {start: from, zone: 'Australia/Sydney'});

    expect(difference(rows, site.truth('timeseries', from))).toEqual(NONE);
    expect(rows).toHaveLength(300);
  });
});

/** Flags that a server may leave out. */
const UNSENT = ['Good', 'Substituted', 'Annotated'];

function at(minute: number): string {
  return `2026-03-02T01:${String(minute).padStart(2, '0')}:00Z`;
}

function one(
  name: string,
  type: StoredPoint['type'],
  values: readonly StoredPoint['events'][number]['value'][],
): StoredPoint {
  const events = values.map((value, minute) => ({timestamp: at(minute), value}));
  return {name, type, events, ...(type === 'Float64' && {units: 'degC'})};
}

/** What rows of a point say of their values, in the order of time. */
function shownOf(rows: readonly Row[], name: string): Row[] {
  const shown = ['value', 'value_string', 'digital_code', 'digital_name', 'value_kind'];
  return rows
    .filter(({tag_name: tag}) => tag === name)
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).filter(
          ([field, value]) =>
            value !== null &&
            (shown.includes(field) || (field === 'units' && !('digital_code' in row))),
        ),
      ),
    );
}

/** The program itself, in a process of its own and in another time zone. */
async function rowsOfProgram(
  {simulator: {url, username, password}}: Site,
  {start, zone}: {readonly start: string; readonly zone: string},
): Promise<Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'zone-'));
  const file = (name: string, content: unknown): string => {
    const place = path.join(folder, name);
    writeFileSync(place, JSON.stringify(content));
    return place;
  };
  const config = file('config.json', {
    ...{base_url: url, start_date: start, settle_seconds: 0},
    credentials: {auth_type: 'basic', username, password},
  });
  const catalog = file('catalog.json', {
    streams: [
      {
        stream: {name: 'timeseries', json_schema: {}, supported_sync_modes: []},
        ...{sync_mode: 'incremental', destination_sync_mode: 'append'},
      },
    ],
  });
  const args = ['read', '--config', config, '--catalog', catalog];
  const env = {...process.env, TZ: zone};
  const {stdout} = await promisify(execFile)(
    process.execPath,
    [executable('source-pi'), ...args],
    {env},
  );
  rmSync(folder, {recursive: true});
  const messages = stdout.split('\n').slice(0, -1);
  return rowsOf(
    {messages: messages.map((line) => JSON.parse(line) as Row)},
    'timeseries',
  );
}
