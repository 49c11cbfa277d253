import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {type Browser} from 'playwright-core';

import {bundlePage, previewPage} from '../src/preview-page';
import {startBrowser} from './browser';
import {configuration, faultsShown, openForm, unfold} from './form-page';

/** Each hint once, those that no connector of ours has at present among them. */
const SPECIFICATION = {
  type: 'object',
  groups: [
    {id: 'second', title: 'Second card'},
    {id: 'first', title: 'First card'},
  ],
  required: ['name', 'code'],
  properties: {
    code: {
      title: 'Code',
      type: 'string',
      pattern: '^[A-Z]{3}$',
      order: 2,
      group: 'first',
    },
    name: {title: 'Name', type: 'string', examples: ['Ada'], order: 1, group: 'first'},
    kept: {
      title: 'Kept in sight',
      type: 'string',
      always_show: true,
      order: 3,
      group: 'first',
    },
    folded: {title: 'Folded away', type: 'string', order: 0, group: 'first'},
    internal: {
      title: 'Internal',
      type: 'string',
      airbyte_hidden: true,
      default: 'as it was',
      order: 4,
      group: 'first',
    },
    key: {
      title: 'Private key',
      type: 'string',
      airbyte_secret: true,
      multiline: true,
      order: 0,
      group: 'second',
    },
    extra: {
      title: 'Extra',
      type: 'object',
      required: ['place'],
      properties: {place: {title: 'Place', type: 'string'}},
      order: 1,
      group: 'second',
    },
    loose: {title: 'In no card', type: 'string', always_show: true},
  },
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-hints-'));
const file = path.join(folder, 'page.html');
let browser: Browser;
beforeAll(async () => {
  const shown = {name: 'Sample', specification: SPECIFICATION};
  fs.writeFileSync(file, previewPage(await bundlePage(), shown));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  fs.rmSync(folder, {recursive: true});
});

describe('a page made of a specification', () => {
  it('shows cards in their order, and fields by theirs, optional ones behind', async () => {
    await using form = await openForm(browser, file);
    await unfold(form.page);

    expect(await form.page.locator('fieldset.card > legend').allInnerTexts()).toEqual([
      '',
      'Second card',
      'First card',
    ]);
    const card = form.page.getByRole('group', {name: 'First card'});
    expect(await card.locator('label').allInnerTexts()).toEqual([
      'Name',
      'Code',
      'Kept in sight',
      'Folded away',
    ]);
  });

  it('folds away what is optional unless it is to be kept in sight', async () => {
    await using form = await openForm(browser, file);

    expect(await form.page.getByLabel('Kept in sight').isVisible()).toBe(true);
    expect(await form.page.getByLabel('In no card').isVisible()).toBe(true);
    expect(await form.page.getByLabel('Folded away').isVisible()).toBe(false);
  });

  it('keeps what is hidden out of sight and in the configuration', async () => {
    await using form = await openForm(browser, file);
    await unfold(form.page);
    expect(await form.page.getByText('Internal').isVisible()).toBe(false);

    await form.page.getByLabel('Name').fill('Grace');
    await form.page.getByLabel('Code').fill('ABC');

    expect(await configuration(form.page)).toEqual({
      name: 'Grace',
      code: 'ABC',
      internal: 'as it was',
    });
  });

  it('shows an example where nothing was typed yet', async () => {
    await using form = await openForm(browser, file);

    expect(await form.page.getByLabel('Name').getAttribute('placeholder')).toBe('Ada');
  });

  it('never shows a regular expression, even where no words are there for it', async () => {
    await using form = await openForm(browser, file);
    await form.page.getByLabel('Name').fill('Grace');
    await form.page.getByLabel('Code').fill('abc');

    expect(await configuration(form.page)).toBeUndefined();
    expect(await faultsShown(form.page)).toEqual([
      'This is not in the form that is expected.',
    ]);
  });

  it('leaves an object out until it is switched on, and again when it is not', async () => {
    await using form = await openForm(browser, file);
    await unfold(form.page);
    await form.page.getByLabel('Name').fill('Grace');
    await form.page.getByLabel('Code').fill('ABC');
    const extra = form.page.getByRole('group', {name: 'Extra'});

    await extra.getByLabel('Use this').check();
    await extra.getByLabel('Place').fill('here');
    expect(await configuration(form.page)).toMatchObject({extra: {place: 'here'}});

    await extra.getByLabel('Use this').uncheck();
    expect(await configuration(form.page)).not.toHaveProperty('extra');
  });

  it('covers a secret of several lines without losing its lines', async () => {
    await using form = await openForm(browser, file);
    await unfold(form.page);
    await form.page.getByLabel('Name').fill('Grace');
    await form.page.getByLabel('Code').fill('ABC');

    const key = form.page.getByLabel('Private key');
    await key.fill('one\ntwo\n');

    expect(await key.and(form.page.locator('textarea.secret')).count()).toBe(1);
    expect(await configuration(form.page)).toMatchObject({key: 'one\ntwo\n'});
  });
});
