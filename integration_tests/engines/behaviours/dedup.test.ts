import {Stage} from '../src/behaviours/stage';
import {emitted, type StreamStory} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('dedup')));
afterAll(() => stage.close());

const TEXT = {type: ['null', 'string']};
const WHOLE = {type: ['null', 'integer']};
const INSTANT = {type: ['null', 'string'], format: 'date-time'};

describe('A deduplicated stream', () => {
  const revised: StreamStory = {
    name: 'revised',
    mode: 'append_dedup',
    key: ['id'],
    cursor: 'rev',
    properties: {id: {type: 'integer'}, rev: WHOLE, note: TEXT},
  };

  it('keeps the newest row of a key: by cursor, then by extraction, then the later', async () => {
    await stage.sync({
      ...revised,
      batches: [
        [
          {id: 1, rev: 1, note: 'first'},
          {id: 1, rev: 3, note: 'greatest cursor'},
          {id: 1, rev: 2, note: 'second'},
          emitted({id: 2, rev: 1, note: 'early'}, {secondsLater: 1}),
          emitted({id: 2, rev: 1, note: 'extracted last'}, {secondsLater: 9}),
          emitted({id: 2, rev: 1, note: 'between'}, {secondsLater: 5}),
          {id: 3, rev: 1, note: 'sent first'},
          {id: 3, rev: 1, note: 'sent last'},
          emitted({id: 4, rev: null, note: 'no cursor'}, {secondsLater: 9}),
          {id: 4, rev: -5, note: 'any cursor is greater'},
          emitted({id: 5, note: 'no cursor, late'}, {secondsLater: 9}),
          {id: 5, note: 'no cursor, early'},
        ],
      ],
    });

    expect(await stage.rows('revised', ['id', 'note'])).toEqual([
      ['1', 'greatest cursor'],
      ['2', 'extracted last'],
      ['3', 'sent last'],
      ['4', 'any cursor is greater'],
      ['5', 'no cursor, late'],
    ]);
  });

  it('does so across batches and syncs, and lets late older rows lose', async () => {
    await stage.sync({
      ...revised,
      batches: [
        [
          {id: 10, rev: 5, note: 'greatest'},
          {id: 11, rev: 1, note: 'old'},
          {id: 12, rev: 2, note: 'old'},
          emitted({id: 13, rev: 1, note: 'extracted late'}, {secondsLater: 9}),
          {id: 14, rev: 1, note: 'tie'},
          {id: 15, rev: 1, note: 'a cursor'},
          {id: 16, rev: null, note: 'none'},
        ],
        [
          {id: 10, rev: 4, note: 'late older'},
          {id: 11, rev: 2, note: 'newer'},
          {id: 13, rev: 1, note: 'extracted early'},
          {id: 14, rev: 1, note: 'later of the tie'},
          emitted({id: 15, rev: null, note: 'no cursor'}, {secondsLater: 9}),
          {id: 16, rev: -1, note: 'any'},
          {id: 17, rev: 1, note: 'came later'},
        ],
      ],
    });
    await stage.sync({
      ...revised,
      batches: [
        [
          {id: 11, rev: 2, note: 'of the next sync'},
          {id: 12, rev: 2, note: 'of the next sync'},
          {id: 17, rev: 0, note: 'older'},
        ],
      ],
    });

    const rows = await stage.rows('revised', ['id', 'rev', 'note']);
    expect(rows.filter(([id]) => Number(id) >= 10)).toEqual([
      ['10', '5', 'greatest'],
      ['11', '2', 'of the next sync'],
      ['12', '2', 'of the next sync'],
      ['13', '1', 'extracted late'],
      ['14', '1', 'later of the tie'],
      ['15', '1', 'a cursor'],
      ['16', '-1', 'any'],
      ['17', '1', 'came later'],
    ]);
  });

  it('tells keys of several columns apart, NULL among them, and finds each again', async () => {
    const keys = [{}, {left: null, right: 'b'}, {left: 1}, {left: 1, right: 'b'}];
    const story: StreamStory = {
      name: 'composite',
      mode: 'append_dedup',
      key: ['left', 'right'],
      properties: {left: WHOLE, right: TEXT, note: TEXT},
    };
    const rows = (note: string): object[] => keys.map((key) => ({...key, note}));

    await stage.sync({...story, batches: [[...rows('a'), ...rows('b')], rows('c')]});
    await stage.sync({...story, batches: [rows('d').slice(0, 3)]});

    expect(await stage.rows('composite', ['left', 'right', 'note'])).toEqual([
      [null, null, 'd'],
      [null, 'b', 'd'],
      ['1', null, 'd'],
      ['1', 'b', 'c'],
    ]);
  });

  it('takes keys of every type for what they are', async () => {
    const properties = {
      text: TEXT,
      whole: WHOLE,
      real: {type: ['null', 'number']},
      flag: {type: ['null', 'boolean']},
      day: {...TEXT, format: 'date'},
      at: INSTANT,
      note: TEXT,
    };
    const different = [
      '"text":""',
      '"text":" "',
      '"text":"a"',
      '"text":"A"',
      '"text":"a "',
      '"text":"a\\u0000"',
      '"text":"\u00e9"',
      '"text":"e\u0301"',
      '"text":"\\\\\'`"',
      '"whole":0',
      '"whole":9007199254740992',
      '"whole":9007199254740993',
      '"whole":-9223372036854775808',
      '"real":0',
      '"real":0.1',
      '"real":0.10000000000000002',
      '"real":"NaN"',
      '"real":"Infinity"',
      '"flag":false',
      '"flag":true',
      '"day":"0001-01-01"',
      '"day":"2026-03-29"',
      '"at":"2026-03-29T01:30:00+01:00"',
      '"at":"2026-03-29T01:30:00.000001+01:00"',
      '"at":"9999-12-31T23:59:59.999999Z"',
    ];
    const equal = ['"real":-0.0', '"at":"2026-03-29T00:30:00Z"', '"text":null'];
    const sent = (note: string, members: readonly string[]): string[] =>
      members.map((member) => `{${member},"note":"${note}"}`);
    const story: StreamStory = {
      name: 'every_key',
      mode: 'append_dedup',
      key: ['text', 'whole', 'real', 'flag', 'day', 'at'],
      properties,
    };

    await stage.sync({
      ...story,
      batches: [sent('one', [...different, '"whole":null'])],
    });
    await stage.sync({...story, batches: [sent('two', [...different, ...equal])]});

    const notes = await stage.rows('every_key', ['note']);
    expect(notes).toEqual(Array.from({length: different.length + 1}, () => ['two']));
  });

  it('tells keys apart that differ only behind the microsecond', async () => {
    const story: StreamStory = {
      name: 'ticks',
      mode: 'append_dedup',
      key: ['tag', 'at'],
      cursor: 'at',
      properties: {tag: TEXT, at: INSTANT, value: WHOLE},
    };
    const event = (ticks: string, value: number): object => {
      return {tag: 'a', at: `2026-03-01T00:00:00.000000${ticks}Z`, value};
    };

    await stage.sync({...story, batches: [[event('', 0), event('', 1)]]});
    await stage.sync({
      ...story,
      batches: [
        [event('1', 2), event('2', 3), event('123', 4)],
        [event('2', 5), event('', 6)],
      ],
    });

    expect(await stage.rows('ticks', ['at', '_nanos_of_at', 'value'])).toEqual([
      ['2026-03-01T00:00:00.000000Z', null, '6'],
      ['2026-03-01T00:00:00.000000Z', '100', '2'],
      ['2026-03-01T00:00:00.000000Z', '123', '4'],
      ['2026-03-01T00:00:00.000000Z', '200', '5'],
    ]);
  });

  it('compares cursors by what they say, in a batch as in the table', async () => {
    const properties = {id: {type: 'integer'}, by: TEXT, at: INSTANT, note: TEXT};
    const base = {mode: 'append_dedup', key: ['id'], properties} as const;
    const older = [
      {id: 1, by: 'Z', at: '2026-03-29T01:59:59+01:00', note: 'older'},
      {id: 2, by: '\ufb00', at: '2026-03-29T00:30:00Z', note: 'older'},
      {id: 3, by: '10', at: '0001-01-01T00:00:00Z', note: 'older'},
    ];
    const newer = [
      {id: 1, by: 'a', at: '2026-03-29T03:00:00+02:00', note: 'newer'},
      {id: 2, by: '\u{1f600}', at: '2026-03-29T00:30:00.000001Z', note: 'newer'},
      {id: 3, by: '9', at: '9999-12-31T23:59:59.999999Z', note: 'newer'},
    ];
    const cursors = ['by', 'at'];

    await stage.sync(
      cursors.flatMap((cursor) => [
        {...base, cursor, name: `batch_${cursor}`, batches: [[...newer, ...older]]},
        {...base, cursor, name: `table_${cursor}`, batches: [newer, older]},
      ]),
    );

    const tables = cursors.flatMap((cursor) => [`batch_${cursor}`, `table_${cursor}`]);
    for (const table of tables) {
      expect(await stage.rows(table, ['id', 'note'])).toEqual([
        ['1', 'newer'],
        ['2', 'newer'],
        ['3', 'newer'],
      ]);
    }
  });

  it('is changed by nothing when everything is sent again', async () => {
    const batches = [
      [
        {id: 1, rev: 1, note: 'a'},
        {id: 2, rev: 1, note: 'b'},
      ],
      [{id: 1, rev: 2, note: 'c'}],
    ];
    const columns = ['id', 'rev', 'note'];

    await stage.sync({...revised, name: 'again', batches});
    const before = await stage.rows('again', columns);
    await stage.sync({...revised, name: 'again', batches});

    expect(before).toEqual([
      ['1', '2', 'c'],
      ['2', '1', 'b'],
    ]);
    expect(await stage.rows('again', columns)).toEqual(before);
  });

  it('is appended, which is told, where it has no key', async () => {
    const end = await stage.sync({
      ...revised,
      name: 'keyless',
      key: [],
      batches: [[{id: 1}, {id: 1}]],
    });

    expect(end.warnings.join()).toMatch(/"keyless".*no primary key/);
    expect(await stage.rows('keyless', ['id'])).toEqual([['1'], ['1']]);
  });

  it('fails rather than storing a key that does not fit its column', async () => {
    await stage.sync({...revised, name: 'misfit', batches: [[{id: 1, note: 'kept'}]]});

    const end = await stage.attempt({
      ...revised,
      name: 'misfit',
      batches: [[{id: 2}, {id: 'two'}]],
    });

    expect(end.exit).toBe(1);
    expect(end.states).toEqual([]);
    expect(end.errors).toMatchObject([{stream: 'misfit', failureType: 'config_error'}]);
    expect(end.errors[0]?.message).toContain('"id"');
    expect(await stage.rows('misfit', ['id', 'note'])).toEqual([['1', 'kept']]);
  });
});
