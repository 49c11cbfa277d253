import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {ModuleKind, ScriptTarget, transpileModule} from 'typescript';

import type {Edit} from './mutation';

const PACKAGES = ['sources/pi', 'airbyte-cdk-ts'];
const PARTS = ['bin', 'lib', 'package.json', 'node_modules'];

/** A built source outside the repository, in which files may be broken. */
export class MutatedCopy implements Disposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'mutations-'));
  private readonly broken = new Map<string, string>();

  constructor(private readonly root: string) {
    for (const name of PACKAGES) this.copyPackage(name);
    this.linkModules();
  }

  /** Breaks the source. Rejects an edit whose text is not there, or more than once. */
  breakBy(edits: readonly Edit[]): void {
    this.mend();
    for (const file of new Set(edits.map((edit) => edit.file))) {
      const source = readFileSync(path.join(this.root, file), 'utf8');
      const own = edits.filter((edit) => edit.file === file);
      const built = path.join(
        this.folder,
        file.replace('/src/', '/lib/').replace(/ts$/, 'js'),
      );
      this.broken.set(built, readFileSync(built, 'utf8'));
      writeFileSync(built, transpiled(own.reduce(edited, source)));
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, {recursive: true, force: true});
  }

  /** As it was built. */
  private mend(): void {
    for (const [built, text] of this.broken) writeFileSync(built, text);
    this.broken.clear();
  }

  private copyPackage(name: string): void {
    const [from, to] = [path.join(this.root, name), path.join(this.folder, name)];
    mkdirSync(to, {recursive: true});
    for (const part of PARTS) {
      const [own, copy] = [path.join(from, part), path.join(to, part)];
      if (!existsSync(own)) continue;
      if (part === 'node_modules') symlinkSync(own, copy);
      else cpSync(own, copy, {recursive: true});
    }
  }

  /** The copy's runtime must be found by the copy's source; all else is the repository's. */
  private linkModules(): void {
    const modules = path.join(this.folder, 'node_modules');
    mkdirSync(modules);
    for (const name of readdirSync(path.join(this.root, 'node_modules'))) {
      const isOwn = name === 'airbyte-cdk-ts';
      const target = isOwn ? this.folder : path.join(this.root, 'node_modules');
      symlinkSync(path.join(target, name), path.join(modules, name));
    }
  }
}

function edited(source: string, {file, find, replace}: Edit): string {
  const count = source.split(find).length - 1;
  if (count === 1) return source.replace(find, () => replace);
  throw new Error(`${file} holds ${count} times, and not once: ${find}`);
}

function transpiled(source: string): string {
  const compilerOptions = {
    module: ModuleKind.CommonJS,
    target: ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  return transpileModule(source, {compilerOptions}).outputText;
}
