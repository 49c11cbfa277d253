import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {end, start, type Ended} from './processes';

/** A password with every character that some writer escapes. */
export const PASSWORD = 'p&ss w/rd"99';

/** A folder with the files that the tiny connectors are given. */
export class Workplace {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'connector '));

  [Symbol.dispose](): void {
    rmSync(this.folder, {recursive: true});
  }

  source(args: readonly string[], environment = {}): Promise<Ended> {
    return end(start('source-tiny', args, environment));
  }

  destination(args: readonly string[], input = ''): Promise<Ended> {
    const child = start('destination-tiny', args);
    child.stdin.end(input);
    return end(child);
  }

  config(settings: object): readonly string[] {
    return [
      '--config',
      this.file('config', JSON.stringify({password: PASSWORD, ...settings})),
    ];
  }

  order(settings: {streams?: readonly {name: string}[]}): readonly string[] {
    const names = (settings.streams ?? [{name: 'numbers'}]).map(({name}) => name);
    return [...this.config(settings), '--catalog', this.catalog(names)];
  }

  lakeOf(names: readonly string[], more = {}): readonly string[] {
    const settings = JSON.stringify({folder: this.folder, ...more});
    return [
      '--config',
      this.file('lake.json', settings),
      '--catalog',
      this.catalog(names),
    ];
  }

  catalog(names: readonly string[]): string {
    const streams = names.map((name) => ({
      stream: {name, json_schema: {}, namespace: null},
      sync_mode: 'incremental',
      destination_sync_mode: 'append',
    }));
    return this.file('catalog.txt', JSON.stringify({streams}));
  }

  file(name: string, content: string): string {
    const full = path.join(this.folder, name);
    writeFileSync(full, content);
    return full;
  }

  stored(name: string): readonly unknown[] {
    const text = readFileSync(path.join(this.folder, `default.${name}.jsonl`), 'utf8');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  }
}
