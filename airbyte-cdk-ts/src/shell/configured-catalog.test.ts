import {configuredCatalog} from './configured-catalog';

const KEYED = {
  name: 'events',
  supported_sync_modes: ['full_refresh', 'incremental'],
  source_defined_primary_key: [['id']],
  default_cursor_field: ['at'],
};
const UNKEYED = {name: 'log', supported_sync_modes: ['incremental']};
const WHOLE = {name: 'assets', supported_sync_modes: ['full_refresh']};

describe('configuredCatalog', () => {
  it('merges by the key, appends without one and replaces what is read whole', () => {
    expect(configuredCatalog(discovered(KEYED, UNKEYED, WHOLE), [])).toEqual({
      streams: [
        {
          stream: KEYED,
          sync_mode: 'incremental',
          destination_sync_mode: 'append_dedup',
          cursor_field: ['at'],
          primary_key: [['id']],
        },
        expect.objectContaining({stream: UNKEYED, destination_sync_mode: 'append'}),
        expect.objectContaining({
          sync_mode: 'full_refresh',
          destination_sync_mode: 'overwrite',
        }),
      ],
    });
  });

  it('takes only the streams that are named', () => {
    const {streams} = configuredCatalog(discovered(KEYED, WHOLE), ['assets']);

    expect(streams).toEqual([expect.objectContaining({stream: WHOLE})]);
  });

  it('refuses a name that the source does not have', () => {
    expect(() => configuredCatalog(discovered(KEYED), ['valves'])).toThrow(
      'There is no stream valves. The source has: events.',
    );
  });

  it('refuses an input without a catalog', () => {
    expect(() => configuredCatalog(['{"type":"CATALOG"', ''], [])).toThrow(
      'no catalog in the input',
    );
  });
});

function discovered(...streams: readonly unknown[]): readonly string[] {
  return [
    '{"type":"LOG","log":{"level":"INFO","message":"looking for the \\"CATALOG\\""}}',
    JSON.stringify({type: 'CATALOG', catalog: {streams}}),
  ];
}
