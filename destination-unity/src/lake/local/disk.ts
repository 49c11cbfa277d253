import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';

import {fileFailure, refusalCode} from './file-failure';

/** A file or folder inside a folder. */
interface DiskEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * The file system under a lake. Whatever is refused comes as a `ConfigError` or
 * `SystemError` with the path in it; absence is an answer, not an error.
 */
export interface Disk {
  /** Undefined where there is no such folder. */
  list(folder: string): Promise<readonly DiskEntry[] | undefined>;
  /** Undefined where there is no such file. */
  read(file: string): Promise<string | undefined>;
  /** Epoch milliseconds of the last change; undefined where there is no such file. */
  modifiedMs(file: string): Promise<number | undefined>;
  /** Creates a folder and its parents, durably. */
  createFolder(folder: string): Promise<void>;
  /** Creates the file with this text unless it exists; says whether it did. Durable. */
  putIfAbsent(file: string, text: string, temp: string): Promise<boolean>;
  /** Puts the text in the file's place at once. Durable. */
  replace(file: string, text: string, temp: string): Promise<void>;
  /** Gives the file a second name and the present as its date. No error if it has it. */
  share(file: string, name: string, nowMs: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a whole folder, if it exists. */
  remove(target: string): Promise<void>;
  /** Forces a file's content, or a folder's names, to the medium. */
  sync(target: string): Promise<void>;
}

/** The disk of this machine. */
export const localDisk: Disk = {
  list: (folder) =>
    orAbsent(folder, async () =>
      (await readdir(folder, {withFileTypes: true})).map((entry) => ({
        name: entry.name,
        isFolder: entry.isDirectory(),
      })),
    ),
  read: (file) => orAbsent(file, () => readFile(file, 'utf8')),
  modifiedMs: (file) => orAbsent(file, async () => (await stat(file)).mtimeMs),
  createFolder: (folder) => named(folder, () => createFolder(folder)),
  putIfAbsent: (file, text, temp) => named(file, () => putIfAbsent(file, text, temp)),
  replace: (file, text, temp) =>
    named(file, async () => {
      await writeDurably(temp, text);
      await rename(temp, file);
      await sync(path.dirname(file));
    }),
  share: (file, name, nowMs) => named(name, () => share(file, name, nowMs)),
  rename: (from, to) => named(to, () => rename(from, to)),
  remove: (target) => orAbsent(target, () => rm(target, {recursive: true})),
  sync: (target) => named(target, () => sync(target)),
};

/**
 * Step by step, as each new name must reach the medium, and as the recursive form of
 * mkdir answers "no such file" where a file system is read-only.
 */
async function createFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = path.dirname(folder);
  await createFolder(parent);
  try {
    await mkdir(folder);
  } catch (thrown) {
    if (!(await isFolder(folder))) throw thrown;
  }
  await sync(parent);
}

async function isFolder(target: string): Promise<boolean> {
  try {
    return (await stat(target)).isDirectory();
  } catch (thrown) {
    if (refusalCode(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

/**
 * A link is made whole or not at all, and fails where the name is taken: of two writers
 * one wins. A network file system may answer "taken" to a repeated request that had
 * succeeded, so the loser looks whether the file is its own.
 */
async function putIfAbsent(file: string, text: string, temp: string): Promise<boolean> {
  await writeDurably(temp, text);
  try {
    const won = await linkOrTaken(temp, file);
    if (won) await sync(path.dirname(file));
    return won;
  } finally {
    await rm(temp, {force: true});
  }
}

async function linkOrTaken(file: string, name: string): Promise<boolean> {
  try {
    await link(file, name);
    return true;
  } catch (thrown) {
    if (refusalCode(thrown) !== 'EEXIST') throw thrown;
    return await isSameFile(file, name);
  }
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([stat(a), stat(b)]);
  return left.ino === right.ino && left.dev === right.dev;
}

async function share(file: string, name: string, nowMs: number): Promise<void> {
  await utimes(file, nowMs / 1000, nowMs / 1000);
  await linkOrTaken(file, name);
}

async function writeDurably(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, {flush: true});
  } catch (thrown) {
    await rm(file, {force: true});
    throw thrown;
  }
}

async function sync(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function named<Result>(
  target: string,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (thrown) {
    throw fileFailure(thrown, target);
  }
}

/** Nothing by this name, or a file where one of its folders would be. */
const ABSENT: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR']);

async function orAbsent<Result>(
  target: string,
  act: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await act();
  } catch (thrown) {
    if (ABSENT.has(refusalCode(thrown))) return undefined;
    throw fileFailure(thrown, target);
  }
}
