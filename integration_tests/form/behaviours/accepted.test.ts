import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {type Browser} from 'playwright-core';

import {CONNECTORS, specificationOf, type Connector} from '../src/connectors';
import {formFile, screenshotFile, startBrowser} from './browser';
import {connectionStatus, startSimulator} from './connection-check';
import {configuration, openForm, type} from './form-page';
import {scenariosOf, type Rule, type Scenario} from './specification-walk';
import {fullConfiguration, leastConfiguration, plausibleValue} from './typed-values';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-'));
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  fs.rmSync(folder, {recursive: true});
});

const scenarios = (connector: Connector): readonly Scenario[] =>
  scenariosOf(specificationOf(connector) as Rule);
const FULL = CONNECTORS.flatMap((connector) =>
  scenarios(connector).map((scenario) => [connector, scenario.name, scenario] as const),
);

describe('a form in which only what is required was typed', () => {
  it('connects source-pi to a simulator of PI', async () => {
    await using simulator = await startSimulator();

    const config = await leastOf('source-pi', {
      base_url: simulator.url,
      'credentials.username': simulator.username,
      'credentials.password': simulator.password,
    });

    expect(await connectionStatus('source-pi', config, folder)).toMatchObject({
      status: 'SUCCEEDED',
    });
  });

  it('connects destination-unity to a folder', async () => {
    const config = await leastOf('destination-unity', {
      'engine.path': path.join(folder, 'lake'),
    });

    expect(await connectionStatus('destination-unity', config, folder)).toMatchObject({
      status: 'SUCCEEDED',
    });
  });
});

describe('a form in which everything was typed', () => {
  // All at once: most of their time they wait before they try an address again.
  it.concurrent.each(FULL)(
    'is one that %s can use, with %s',
    async (connector, _, scenario) => {
      const config = nowhere(fullConfiguration(scenario));

      const {status, message} = await connectionStatus(connector, config, folder);

      // What counts is that the connector took the settings and tried the addresses.
      expect(status).toBe('FAILED');
      expect(message).not.toContain('The configuration cannot be used');
    },
  );
});

/** The same settings with addresses at which nobody is, and a folder that cannot be one. */
function nowhere(config: unknown): unknown {
  const text = JSON.stringify(
    config,
    (name, value: unknown) => NOWHERE[name] ?? withOneKey(name, value),
  );
  return JSON.parse(text);
}
const NOWHERE: Readonly<Record<string, string>> = {
  base_url: 'https://127.0.0.1:9/piwebapi',
  path: path.join(__filename, 'lake'),
};

/** Of password, keytab and path of a keytab one is enough, and more are refused. */
function withOneKey(name: string, value: unknown): unknown {
  const isKerberos = (value as {auth_type?: unknown} | null)?.auth_type === 'kerberos';
  return name === 'credentials' && isKerberos
    ? {...(value as object), password: undefined, keytab_path: undefined}
    : value;
}

/** Types the required fields, with what is given or their first example, and no others. */
async function leastOf(
  connector: Connector,
  given: Readonly<Record<string, string>>,
): Promise<unknown> {
  const [scenario] = scenarios(connector) as [Scenario];
  const required = scenario.fields.filter(
    ({path: at, isRequired}) =>
      isRequired &&
      !scenario.switches.some((off) => at.join().startsWith(off.path.join())),
  );
  const typed = required.map((field) => ({
    field,
    path: field.path,
    value: given[field.path.join('.')] ?? plausibleValue(field),
  }));
  await using form = await openForm(browser, formFile(connector));
  for (const {field, value} of typed) await type(form.page, field, value);
  const made = await configuration(form.page);
  await form.page.screenshot({
    path: screenshotFile(connector, 'only what is required'),
    fullPage: true,
  });
  expect(made).toEqual(leastConfiguration(scenario, typed));
  return made;
}
