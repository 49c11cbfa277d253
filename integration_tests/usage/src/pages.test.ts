import {existsSync} from 'node:fs';
import path from 'node:path';

import {parseConfig} from 'airbyte-cdk-ts';

import {configSchema as unitySchema} from '../../../destination-unity/src/config';
import {configSchema as piSchema} from '../../../sources/pi/src/config';
import {blocksOf, headingsOf, pages, ROOT, rowsOf, sectionOf, textOf} from './page';
import {fragmentsOf, sourceTexts} from './sources-of';

const PARSERS = new Map([
  ['source-pi', (config: unknown) => void parseConfig(piSchema, config)],
  ['destination-unity', (config: unknown) => void parseConfig(unitySchema, config)],
]);
const FOLDERS = {'source-pi': 'sources/pi', 'destination-unity': 'destination-unity'};
const NAMES = ['source-pi', 'destination-unity'] as const;

interface Schema {
  readonly title?: string;
  readonly type?: unknown;
  readonly format?: string;
  readonly airbyte_type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
}

describe.each(NAMES)('the page of %s', (name) => {
  const page = `spec/${name}/docs.md`;
  const schema = json(`spec/${name}/connection-specification.json`) as Schema;

  it('has the headings that Airbyte asks for, in its order', () => {
    const title =
      /^ {2}name: (.+)$/m.exec(textOf(`spec/${name}/metadata.yaml`))?.[1] ?? '';
    const asked = headings(title);
    const found = headingsOf(page).map(([, text]) => text);

    expect(found[0]).toBe(title);
    expect(found.filter((text) => asked.includes(text))).toEqual(asked);
  });

  it('names every required setting and the credentials among the prerequisites', () => {
    const text = sectionOf(page, 'Prerequisites').replaceAll(/\s+/g, ' ').toLowerCase();

    for (const field of schema.required ?? []) {
      expect(text).toContain(schema.properties?.[field]?.title?.toLowerCase());
    }
    expect(text).toMatch(/account|auth|credentials|access/);
  });

  it('tells of every setting', () => {
    const text = textOf(page);
    const untold = fieldsOf(schema).filter(
      (field) => !new RegExp(`\`(?:[\\w.]+\\.)?${field}\``).test(text),
    );

    expect(untold).toEqual([]);
  });

  it('quotes errors as the connector prints them', () => {
    const said = sourceTexts(FOLDERS[name]);
    const quotes = rowsOf(sectionOf(page, 'Limitations & Troubleshooting')).flatMap(
      (cells) =>
        cells.flatMap((cell) =>
          [...cell.matchAll(/`([^`]+)`/g)]
            .map(([, quote = '']) => quote)
            .filter((quote) => quote.includes(' ')),
        ),
    );
    const invented = quotes
      .flatMap(fragmentsOf)
      .filter((part) => !said.includes(part.replace(/\.$/, '')));

    expect(quotes.length).toBeGreaterThan(15);
    expect(invented).toEqual([]);
  });

  it('has the present version in its changelog', () => {
    const {version} = json(`${FOLDERS[name]}/package.json`) as {version: string};

    expect(rowsOf(sectionOf(page, 'Changelog')).map(([first]) => first)).toContain(
      version,
    );
  });
});

describe('the page of source-pi', () => {
  const {streams} = json('spec/source-pi/catalog.json') as {
    streams: readonly {name: string; json_schema: Schema}[];
  };

  it.each(streams)('tells every field of $name', ({name, json_schema}) => {
    const rows = rowsOf(sectionOf('spec/source-pi/docs.md', name));
    const fields = Object.entries(json_schema.properties ?? {});

    expect(rows.map(([field]) => field?.replace(/`(\w+)`.*/, '$1'))).toEqual(
      fields.map(([field]) => field),
    );
    expect(rows.map(([, type]) => type?.includes('null'))).toEqual(
      fields.map(([, {type}]) => [type].flat().includes('null')),
    );
    expect(rows.map(([, , meaning]) => meaning)).toEqual(
      fields.map(([, {description}]) => description),
    );
  });
});

describe.each(pages())('%s', (page) => {
  it('leads nowhere that is not there', () => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(#[^)\s]+)?\)/g)];
    const broken = links.filter(([, file = '', anchor]) => {
      const target = path.join(
        path.dirname(page),
        file === '' ? path.basename(page) : file,
      );
      if (!existsSync(path.join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });

    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('shows configurations that the connectors take', () => {
    for (const {marks, text} of blocksOf(page)) {
      const connector = marks.get('config');
      if (connector === undefined) continue;

      expect(() => PARSERS.get(connector)?.(JSON.parse(text))).not.toThrow();
      expect([...PARSERS.keys()]).toContain(connector);
    }
  });

  it('shows JSON that is JSON', () => {
    const blocks = blocksOf(page).filter(({language}) => language === 'json');

    for (const {text} of blocks)
      expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it('gives rights by statements of Unity Catalog', () => {
    const statements = blocksOf(page)
      .flatMap(({text}) => text.split(/;\s*/))
      .filter((text) => /^\s*GRANT/.test(text));

    for (const statement of statements) expect(statement.trim()).toMatch(GRANT);
  });

  it('says of every script how it is tried', () => {
    const marks = ['run', 'prepared'];
    const untried = blocksOf(page)
      .filter(({language}) => ['sh', 'python'].includes(language))
      .filter(({marks: own}) => !marks.some((mark) => own.has(mark)));

    expect(untried).toEqual([]);
  });
});

const PRIVILEGE =
  '(?:USE CATALOG|USE SCHEMA|CREATE SCHEMA|CREATE TABLE|CREATE VOLUME|READ VOLUME|WRITE VOLUME|SELECT|MODIFY)';
const GRANT = new RegExp(
  `^GRANT ${PRIVILEGE}(?:, ${PRIVILEGE})* ON (?:CATALOG|SCHEMA|VOLUME|TABLE) ` +
    '`[^`]+`(?:\\.`[^`]+`){0,2} TO `[^`]+`$',
);

function headings(name: string): readonly string[] {
  return [
    name,
    'Prerequisites',
    'Setup guide',
    `Set up ${name}`,
    'For Airbyte Open Source:',
    `Set up the ${name} connector in Airbyte`,
    'Supported sync modes',
    'Supported Streams',
    'Performance considerations',
    'Data type map',
    'Limitations & Troubleshooting',
    'Tutorials',
    'Changelog',
  ];
}

/** Names of all settings that take a value, those of every variant included. */
function fieldsOf({properties = {}, oneOf = []}: Schema): readonly string[] {
  const own = Object.entries(properties).flatMap(([name, member]) => {
    const below = fieldsOf(member);
    if (below.length > 0) return below;
    return member.const === undefined && !isSection(member) ? [name] : [];
  });
  return [...own, ...oneOf.flatMap(fieldsOf)];
}

/** A choice whose variants hold nothing but their names is told by its own. */
function isSection({properties, oneOf}: Schema): boolean {
  return properties !== undefined || oneOf !== undefined;
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): readonly string[] {
  return headingsOf(page).map(
    ([, title]) =>
      `#${title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-')}`,
  );
}

function json(name: string): unknown {
  return JSON.parse(textOf(name));
}
