import {pathToFileURL} from 'node:url';

import {type Browser, type Locator, type Page} from 'playwright-core';

import {chosenTitle, type Field, type Scenario} from './specification-walk';

/** A page with a form on it, used as a person would: by what can be read on it. */
export interface FormPage extends AsyncDisposable {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
}

export async function openForm(browser: Browser, file: string): Promise<FormPage> {
  const page = await browser.newPage({viewport: {width: 900, height: 800}});
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return {page, complaints, [Symbol.asyncDispose]: () => page.close()};
}

/** Makes the choices of a scenario, opens what is folded, switches on what can be left out. */
export async function takeTheWay(page: Page, scenario: Scenario): Promise<void> {
  await unfold(page);
  for (const choice of scenario.choices) {
    const around = part(page, [...choice.titles, choice.title]);
    const title = chosenTitle(choice);
    if (choice.rule.display_type === 'radio') {
      await around.getByRole('radio', {name: title, exact: true}).check();
    } else {
      await around
        .getByRole('combobox', {name: choice.title, exact: true})
        .selectOption({label: title});
    }
    await unfold(page);
  }
  for (const {titles} of scenario.switches) {
    await part(page, titles).getByRole('checkbox', {name: 'Use this'}).check();
  }
  await unfold(page);
}

/** Opens folded parts until none is left; those within others come to light only then. */
export async function unfold(page: Page): Promise<void> {
  const folded = page.locator('details:not([open]) > summary:visible');
  while ((await folded.count()) > 0) await folded.first().click();
}

/** The part of the page under these titles, from the outermost one inwards. */
function part(page: Page, titles: readonly string[]): Locator {
  return titles.reduce<Locator>(
    (around, name) => around.getByRole('group', {name, exact: true}),
    page.locator('body'),
  );
}

/** The input of a field, by its label; for a list the part that holds its entries. */
export function inputOf(page: Page, field: Field): Locator {
  const around = part(page, field.titles);
  return field.rule.type === 'array'
    ? around.getByRole('group', {name: field.title, exact: true})
    : around
        .getByLabel(field.title, {exact: true})
        .and(page.locator(':not([type=radio])'));
}

/** Types a value into a field in place of what stands there. */
export async function type(page: Page, field: Field, value: unknown): Promise<void> {
  const input = inputOf(page, field);
  if (Array.isArray(value)) return typeEntries(input, field, value.map(String));
  if (typeof value === 'boolean') return input.setChecked(value);
  if (field.rule.enum === undefined) return input.fill(String(value));
  await input.selectOption(String(value));
}

async function typeEntries(
  list: Locator,
  {title}: Field,
  entries: readonly string[],
): Promise<void> {
  const remove = list.getByRole('button', {name: /^Remove/});
  while ((await remove.count()) > 0) await remove.first().click();
  for (const [index, entry] of entries.entries()) {
    await list.getByRole('button', {name: `Add to ${title}`, exact: true}).click();
    await list.getByLabel(`${title}-${index + 1}`, {exact: true}).fill(entry);
  }
}

/** Asks the form for the configuration; undefined where it finds faults instead. */
export async function configuration(page: Page): Promise<unknown> {
  await page.getByRole('button', {name: 'Set up', exact: true}).click();
  const outcome = page.getByRole('region', {name: 'Configuration'}).locator('pre');
  const told = outcome.or(page.getByRole('alert').filter({hasText: /\S/})).first();
  await told.waitFor();
  return (await outcome.count()) === 0
    ? undefined
    : (JSON.parse(String(await outcome.textContent())) as unknown);
}

/** What the form says against fields just now, all over the page. */
export function faultsShown(page: Page): Promise<readonly string[]> {
  return page.getByRole('alert').filter({hasText: /\S/}).allInnerTexts();
}

/** Every input that can be seen, whoever put it there. */
export function visibleInputs(page: Page): Locator {
  return page.locator('form').locator(':is(input, select, textarea):visible');
}
