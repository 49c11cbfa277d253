import {
  ConfigError,
  connectionSpecification,
  lintSpecification,
  parseConfig,
} from 'airbyte-cdk-ts';

import {about} from './about';
import {configSchema, flushSettings} from './config';

const SMALLEST = {engine: {type: 'local', path: './lake'}};
const MIB = 1024 * 1024;

describe('the specification', () => {
  it('is the one committed under spec/, which `spec` tells', () => {
    expect(about.connectionSpecification()).toEqual(
      connectionSpecification(configSchema),
    );
  });

  it('is one that Airbyte’s form can show', () => {
    expect(lintSpecification(connectionSpecification(configSchema))).toEqual([]);
  });
});

describe('the configuration', () => {
  it('needs a folder and has a default for everything else', () => {
    expect(parseConfig(configSchema, SMALLEST)).toEqual({
      ...SMALLEST,
      catalog: 'main',
      schema: 'default',
      number_type: 'double',
      schema_changes: 'apply',
      cdc_deletion: 'hard',
      flush: {megabytes: 32, seconds: 300, memory_megabytes: 96},
    });
  });

  it.each([
    {},
    {engine: {type: 'local'}},
    {engine: {type: 'cloud', path: './lake'}},
    {...SMALLEST, schema: ''},
    {...SMALLEST, flush: {megabytes: 0}},
  ])('refuses %j', (config) => {
    expect(() => parseConfig(configSchema, config)).toThrow(ConfigError);
  });
});

describe('flushSettings', () => {
  it('turns megabytes and seconds into bytes and milliseconds', () => {
    expect(flushSettings(parseConfig(configSchema, SMALLEST))).toEqual({
      flushBytes: 32 * MIB,
      flushAfterMs: 300_000,
      budgetBytes: 96 * MIB,
    });
  });

  it('never waits for a load that is larger than half of the memory', () => {
    const flush = {megabytes: 1024, memory_megabytes: 100};
    const config = parseConfig(configSchema, {...SMALLEST, flush});

    expect(flushSettings(config).flushBytes).toBe(50 * MIB);
  });
});
