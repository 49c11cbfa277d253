import fs from 'node:fs';
import path from 'node:path';

import {CONNECTORS, FORM_FOLDER, specificationOf} from './connectors';
import {bundlePage, previewPage} from './preview-page';

/** Writes the preview of each connector's form and names the files. */
async function main(): Promise<void> {
  const parts = await bundlePage();
  fs.mkdirSync(FORM_FOLDER, {recursive: true});
  for (const name of CONNECTORS) {
    const file = path.join(FORM_FOLDER, `${name}.html`);
    const specification = specificationOf(name);
    fs.writeFileSync(file, previewPage(parts, {name, specification}));
    console.log(path.relative(process.cwd(), file));
  }
}

void main();
