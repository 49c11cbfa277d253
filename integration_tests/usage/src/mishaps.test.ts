import {readFileSync} from 'node:fs';
import path from 'node:path';

import {blocksOf, rowsOf, sectionOf} from './page';
import {openWorkshop, type Ran, type Workshop} from './workshop';

/** Waits for half a minute: tried by `npm run suite:usage`. */
const SLOW = 'unreachable server, `read`';
const NOBODY = 'http://127.0.0.1:9/piwebapi';

const SOURCE = 'sources/pi/bin/source-pi';
const DESTINATION = 'destination-unity/bin/destination-unity';
const READ = `${SOURCE} read --config source.json --catalog`;
const WRITE = `${DESTINATION} write --config destination.json --catalog`;

type Mishap = (workshop: Workshop) => Promise<Ran>;

/** How each mishap of the pages is brought about, by its name and its command. */
const MISHAPS: Readonly<Record<string, Readonly<Record<string, Mishap>>>> = {
  'source-pi': {
    'wrong password, `check`': (workshop) => {
      setPassword(workshop, 'wrong');
      return workshop.sh(`${SOURCE} check --config wrong.json`);
    },
    'wrong password, `read`': (workshop) => {
      setPassword(workshop, 'wrong');
      return workshop.sh(`${SOURCE} read --config wrong.json --catalog catalog.json`);
    },
    'unreachable server, `check`': (workshop) => {
      workshop.write('away.json', {...workshop.sourceConfig, base_url: NOBODY});
      return workshop.sh(`${SOURCE} check --config away.json`);
    },
    'unknown stream in the catalog, `read`': (workshop) => {
      const [first, ...rest] = streamsOf(workshop);
      const unknown = {...first, stream: {...first?.stream, name: 'valves'}};
      workshop.write('unknown.json', {streams: [unknown, ...rest]});
      return workshop.sh(`${READ} unknown.json`);
    },
    'catalog of an older version, `read`': (workshop) => {
      writeOlder(workshop);
      return workshop.sh(`${READ} older.json`);
    },
  },
  'destination-unity': {
    'folder that cannot be used, `check`': (workshop) => {
      workshop.write('a-file', {});
      workshop.write('bad.json', {engine: {type: 'local', path: './a-file'}});
      return workshop.sh(`${DESTINATION} check --config bad.json`);
    },
    'unreachable workspace, `check`': (workshop) => {
      workshop.write('away.json', {engine: NO_WORKSPACE});
      return workshop.sh(`${DESTINATION} check --config away.json`);
    },
    'source that fails, `write`': (workshop) =>
      workshop.sh(
        `set +o pipefail; ${READ} catalog.json | head -n 500 | ${WRITE} catalog.json`,
      ),
    'stream that is not in the catalog, `write`': (workshop) => {
      workshop.write('some.json', {streams: streamsOf(workshop).slice(1)});
      return workshop.sh(`${READ} catalog.json | ${WRITE} some.json`);
    },
    'catalog of an older version, `write`': (workshop) => {
      writeOlder(workshop);
      return workshop.sh(`${READ} older.json | ${WRITE} older.json`);
    },
  },
};

describe.each(Object.keys(MISHAPS))('the mishaps in the page of %s', (name) => {
  const page = `spec/${name}/docs.md`;
  const rows = rowsOf(sectionOf(page, 'What a failed run looks like'));
  const told = new Map(
    rows.map(([mishap, command, ...rest]) => [`${mishap}, ${command}`, rest]),
  );
  const mishaps = MISHAPS[name] ?? {};

  it('are all brought about', () => {
    const expected = [...told.keys()].filter((mishap) => mishap !== SLOW);

    expect(expected).toEqual(Object.keys(mishaps));
  });

  it('end and speak as the page says', async () => {
    await using workshop = await openWorkshop();
    await workshop.sh(firstScript());
    for (const [mishap, bringAbout] of Object.entries(mishaps)) {
      const [exit = '', says = ''] = told.get(mishap) ?? [];
      const ran = await bringAbout(workshop);
      const found = {mishap, exit: String(ran.exit), unsaid: unsaid(says, ran)};

      expect(found).toEqual({mishap, exit, unsaid: []});
    }
  });
});

const NO_WORKSPACE = {
  type: 'databricks',
  host: '127.0.0.1',
  port: 9,
  http_path: '/sql/1.0/warehouses/0123456789abcdef',
  authentication: {auth_type: 'personal_access_token', personal_access_token: 'dapi0'},
};

interface Configured {
  readonly stream: {
    readonly name?: string;
    readonly json_schema?: {readonly properties: Record<string, unknown>};
  };
}

function setPassword(workshop: Workshop, password: string): void {
  const {credentials} = workshop.sourceConfig;
  workshop.write('wrong.json', {
    ...workshop.sourceConfig,
    credentials: {...(credentials as object), password},
  });
}

/** A catalog as an earlier version would have made it: a stream and a field are missing. */
function writeOlder(workshop: Workshop): void {
  const streams = streamsOf(workshop).filter(
    ({stream}) => stream.name === 'timeseries',
  );
  for (const {stream} of streams) delete stream.json_schema?.properties['units'];
  workshop.write('older.json', {streams});
}

function streamsOf({folder}: Workshop): readonly Configured[] {
  const catalog: unknown = JSON.parse(
    readFileSync(path.join(folder, 'catalog.json'), 'utf8'),
  );
  return (catalog as {streams: readonly Configured[]}).streams;
}

/** The script of the README that checks both ends and makes the catalog. */
function firstScript(): string {
  return (
    blocksOf('README.md').find(({marks}) => marks.get('run') === 'node')?.text ?? ''
  );
}

/** What the page quotes and the programs did not print. */
function unsaid(says: string, {stdout}: Ran): readonly string[] {
  const messages = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => textsIn(JSON.parse(line)));
  return [...says.matchAll(/`([^`]+)`/g)]
    .map(([, quote = '']) => quote)
    .filter((quote) => !messages.some((message) => patternOf(quote).test(message)));
}

/** Every text in a message, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function patternOf(quote: string): RegExp {
  const parts = quote
    .split('…')
    .map((part) => part.replaceAll(/[\\.*+?()[\]/]/g, '\\$&'));
  return new RegExp(parts.join('.*'), 's');
}
