import fs from 'node:fs';
import path from 'node:path';

import {chromium, type Browser} from 'playwright-core';

import {FORM_FOLDER, type Connector} from '../src/connectors';

/** Starts the Chromium that the suite has found; it reaches no address but files. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND',
    ],
  });
}

/** The page of a connector's form. */
export function formFile(connector: Connector): string {
  return path.join(FORM_FOLDER, `${connector}.html`);
}

/** Where a screenshot of this name is kept. */
export function screenshotFile(...names: readonly string[]): string {
  const folder = path.join(FORM_FOLDER, 'out');
  fs.mkdirSync(folder, {recursive: true});
  const name = names
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return path.join(folder, `${name.replaceAll(/^-|-$/g, '')}.png`);
}
