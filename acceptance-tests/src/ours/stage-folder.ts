import {cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');

/** A connector of this project, ready to be judged by its own plan. */
export interface OurStage extends AsyncDisposable {
  /** The plan's `acceptance-test-config.yml`, the documents it names beside it. */
  readonly plan: string;
  /** The executable of a checkout. */
  readonly program: string;
  /** Folders that an image must reach. */
  readonly mounts: readonly string[];
}

/**
 * Copies a connector's plan into a folder of its own, with the pages of `spec/` below
 * `spec`, so that documents of one run can be written beside it.
 */
export function stageFolder(connector: 'source-pi' | 'destination-unity'): string {
  const folder = mkdtempSync(path.join(tmpdir(), `acceptance-${connector}-`));
  cpSync(path.join(__dirname, '../../plans', connector), folder, {recursive: true});
  symlinkSync(path.join(ROOT, 'spec', connector), path.join(folder, 'spec'));
  return folder;
}

/** Writes documents below a folder; the names may hold folders. */
export function write(
  folder: string,
  documents: Readonly<Record<string, unknown>>,
): void {
  for (const [name, content] of Object.entries(documents)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), {recursive: true});
    writeFileSync(
      file,
      typeof content === 'string' ? content : JSON.stringify(content, null, 1),
    );
  }
}
