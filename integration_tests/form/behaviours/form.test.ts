import {type Browser} from 'playwright-core';

import {CONNECTORS, specificationOf, type Connector} from '../src/connectors';
import {formFile, screenshotFile, startBrowser} from './browser';
import {
  configuration,
  faultsShown,
  inputOf,
  openForm,
  takeTheWay,
  type,
  visibleInputs,
  type FormPage,
} from './form-page';
import {
  pathsOf,
  scenariosOf,
  type Choice,
  type Field,
  type Rule,
  type Scenario,
} from './specification-walk';
import {faultsOf, fullConfiguration, plausibleValue} from './typed-values';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const ruleOf = (connector: Connector) => specificationOf(connector) as Rule;
const WAYS = CONNECTORS.flatMap((connector) =>
  scenariosOf(ruleOf(connector)).map(
    (scenario) => [connector, scenario.name, scenario] as const,
  ),
);

describe.each(CONNECTORS)('the form of %s', (connector) => {
  it('is walked through whole', () => {
    const walked = scenariosOf(ruleOf(connector)).flatMap(({fields}) => fields);

    const paths = new Set(walked.map(({path}) => path.join('.')));
    expect([...paths].sort()).toEqual([...new Set(pathsOf(ruleOf(connector)))].sort());
  });

  it('asks for little at first', async () => {
    await using form = await openForm(browser, formFile(connector));
    await form.page.getByRole('button', {name: 'Set up'}).waitFor();

    await form.page.screenshot({
      path: screenshotFile(connector, 'at first'),
      fullPage: true,
    });

    expect(await visibleInputs(form.page).count()).toBeLessThanOrEqual(6);
    expect(await configuration(form.page)).toBeUndefined();
    await form.page.screenshot({
      path: screenshotFile(connector, 'what is missing'),
      fullPage: true,
    });
  });
});

describe.each(WAYS)('the form of %s with %s', (connector, name, scenario) => {
  it('shows every field by its label, and no other', async () => {
    await using form = await wayThrough(connector, scenario);

    for (const field of scenario.fields) await expectShown(form, field);
    for (const {rule, variant} of scenario.choices) {
      await expectSaid(form, rule);
      await expectSaid(form, rule.oneOf?.[variant] ?? {});
    }

    expect(await visibleInputs(form.page).count()).toBe(inputsOf(scenario));
    expect(await form.page.locator('[type=password]').count()).toBe(
      scenario.fields.filter(({rule}) => rule.airbyte_secret && !rule.multiline).length,
    );
    expect(form.complaints).toEqual([]);
    await form.page.screenshot({path: screenshotFile(connector, name), fullPage: true});
  });

  it('makes the configuration that was typed', async () => {
    await using form = await wayThrough(connector, scenario);

    await fillIn(form, scenario);

    const made = await configuration(form.page);
    expect(await faultsShown(form.page)).toEqual([]);
    expect(made).toEqual(fullConfiguration(scenario));
    expect(form.complaints).toEqual([]);
  });

  it('explains every fault where it was made', async () => {
    await using form = await wayThrough(connector, scenario);
    await fillIn(form, scenario);

    for (const field of newFields(connector, scenario)) {
      await expectExplained(form, field);
    }

    expect(await configuration(form.page)).toEqual(fullConfiguration(scenario));
    expect(form.complaints).toEqual([]);
  });
});

async function wayThrough(connector: Connector, scenario: Scenario): Promise<FormPage> {
  const form = await openForm(browser, formFile(connector));
  await takeTheWay(form.page, scenario);
  return form;
}

async function fillIn({page}: FormPage, {fields}: Scenario): Promise<void> {
  for (const field of fields) await type(page, field, plausibleValue(field));
}

/** How many inputs a way through the form has: lists have none before entries are added. */
function inputsOf({fields, choices, switches}: Scenario): number {
  const single = fields.filter(({rule}) => rule.type !== 'array');
  const offered = ({rule}: Choice) =>
    rule.display_type === 'radio' ? (rule.oneOf ?? []).length : 1;
  const ofChoices = choices.reduce((sum, choice) => sum + offered(choice), 0);
  return single.length + ofChoices + switches.length;
}

/** The fields that no earlier way through the same form has shown. */
function newFields(connector: Connector, scenario: Scenario): readonly Field[] {
  const earlier = new Set<string>();
  for (const {name, fields} of scenariosOf(ruleOf(connector))) {
    if (name === scenario.name) break;
    for (const {path} of fields) earlier.add(path.join('.'));
  }
  return scenario.fields.filter(({path}) => !earlier.has(path.join('.')));
}

/** The field is there once, as its rule asks, and says what to enter. */
async function expectShown({page}: FormPage, field: Field): Promise<void> {
  const {rule, path} = field;
  const input = inputOf(page, field);
  expect([path.join('.'), await input.count()]).toEqual([path.join('.'), 1]);
  await input.waitFor({state: 'visible'});
  if (rule.multiline === true) {
    expect(await input.and(page.locator('textarea')).count()).toBe(1);
  } else if (rule.airbyte_secret === true) {
    expect(await input.getAttribute('type')).toBe('password');
  }
  expect([path.join('.'), rule.description]).toEqual([
    path.join('.'),
    expect.any(String),
  ]);
  await expectSaid({page}, rule);
}

async function expectSaid(
  {page}: Pick<FormPage, 'page'>,
  {description}: Rule,
): Promise<void> {
  if (description === undefined) return;
  await page.getByText(description, {exact: true}).first().waitFor();
}

/** Each fault gets one message, in words, which goes when the fault does. */
async function expectExplained({page}: FormPage, field: Field): Promise<void> {
  for (const {what, typed, said} of faultsOf(field)) {
    await type(page, field, typed);
    expect(await configuration(page)).toBeUndefined();
    const shown = await faultsShown(page);
    const where = `${field.path.join('.')}, ${what}`;
    expect([where, shown]).toEqual([where, [expect.stringContaining(said)]]);
    expect(shown.join()).not.toMatch(/[\\^$[\]|]/);
    await type(page, field, plausibleValue(field));
  }
}
