import {parse} from 'yaml';

import {textOf} from './page';

interface Metadata {
  readonly metadataSpecVersion: string;
  readonly data: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly definitionId: string;
    readonly allowedHosts: {readonly hosts: readonly string[]};
    readonly suggestedStreams?: {readonly streams: readonly string[]};
    readonly releases: {readonly breakingChanges?: Readonly<Record<string, unknown>>};
  };
}

const CONNECTORS = [
  {name: 'source-pi', folder: 'sources/pi', type: 'source'},
  {name: 'destination-unity', folder: 'destination-unity', type: 'destination'},
];

describe.each(CONNECTORS)('metadata.yaml of $name', ({name, folder, type}) => {
  const {data} = metadataOf(name);
  const own = JSON.parse(textOf(`${folder}/package.json`)) as Record<string, unknown>;

  it('is of this version, under the licence of the package', () => {
    expect(data['dockerImageTag']).toBe(own['version']);
    expect(data['license']).toBe(own['license']);
    expect(data['connectorType']).toBe(type);
    expect(data['githubIssueLabel']).toBe(name);
  });

  it('leads to the page that the specification leads to', () => {
    const url = data['documentationUrl'];

    expect(url).toMatch(new RegExp(`^https://.*/spec/${name}/docs\\.md$`));
    expect(textOf(`${folder}/src/about.ts`)).toContain(`'${String(url)}'`);
  });

  it('names hosts, and the streams of a source that most will want', () => {
    const {allowedHosts, suggestedStreams} = data;
    const wanted = suggestedStreams?.streams ?? [];

    expect(allowedHosts.hosts).not.toEqual([]);
    expect(wanted.length > 0).toBe(type === 'source');
    expect(streamNames()).toEqual(expect.arrayContaining([...wanted]));
  });

  it('has an icon that is square and shows nothing from elsewhere', () => {
    const icon = textOf(`spec/${name}/${String(data['icon'])}`);
    const [, width, height] =
      /<svg [^>]*width="(\d+)" height="(\d+)" viewBox/.exec(icon) ?? [];

    expect(width).toBe(height);
    expect(icon).not.toMatch(/<script|<image|href|url\(|on\w+=/);
    expect(Buffer.byteLength(icon)).toBeLessThan(4096);
  });

  it('says how to go on from each breaking version', () => {
    const page = textOf(`spec/${name}/docs.md`);

    for (const version of Object.keys(data.releases.breakingChanges ?? {})) {
      expect(page).toContain(`Upgrading to ${version}`);
    }
  });
});

describe('the connectors', () => {
  it('have ids of their own', () => {
    const ids = CONNECTORS.map(({name}) => metadataOf(name).data.definitionId);

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab]/);
  });
});

describe('every stream', () => {
  it('has a primary key', () => {
    for (const {source_defined_primary_key: key} of streams()) {
      expect(key.length).toBeGreaterThan(0);
    }
  });
});

function metadataOf(name: string): Metadata {
  return parse(textOf(`spec/${name}/metadata.yaml`)) as Metadata;
}

interface Stream {
  readonly name: string;
  readonly source_defined_primary_key: readonly unknown[];
}

function streams(): readonly Stream[] {
  const catalog: unknown = JSON.parse(textOf('spec/source-pi/catalog.json'));
  return (catalog as {streams: readonly Stream[]}).streams;
}

function streamNames(): readonly string[] {
  return streams().map(({name}) => name);
}
