import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

import {ROOT} from './page';

/**
 * What a product can print: its sources and those of the runtime, texts that go over
 * several lines put together.
 */
export function sourceTexts(product: string): string {
  return ['airbyte-cdk-ts', product]
    .flatMap((folder) => files(path.join(ROOT, folder, 'src')))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replaceAll(/['"`]\s*\+\s*['"`]/g, '')
    .replaceAll('${RESCUED.name}', '_rescued_data')
    .replaceAll('\\\\', '\\');
}

/** The parts of a quoted text that are no placeholder, `…` standing for one. */
export function fragmentsOf(quote: string): readonly string[] {
  return quote
    .split('…')
    .map((part) => part.trim())
    .filter((part) => /\w/.test(part));
}

function files(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.ts') && !/\.(test|stand-in)\.ts$/.test(name))
    .map((name) => path.join(folder, name));
}
