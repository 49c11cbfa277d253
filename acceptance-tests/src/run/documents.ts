import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import type {Command, DocumentFile} from './runner';

/**
 * Writes the documents of a command into a folder and gives the arguments that name
 * them, seen from `shownAs` (the folder itself, or where a container has it).
 */
export function argumentsOf(
  {command, config, catalog, state, flags = [], isRelative = false}: Command,
  folder: string,
  shownAs = folder,
): readonly string[] {
  mkdirSync(folder, {recursive: true});
  chmodSync(folder, 0o755);
  const named = Object.entries({config, catalog, state}).flatMap(
    ([option, document]) => {
      if (document === undefined) return [];
      const name = written(folder, option, document);
      return [`--${option}`, isRelative ? name : path.posix.join(shownAs, name)];
    },
  );
  return [command, ...named, ...flags];
}

function written(
  folder: string,
  option: string,
  {name = `${option}.json`, content}: DocumentFile,
): string {
  const file = path.join(folder, name);
  writeFileSync(
    file,
    typeof content === 'string' ? content : JSON.stringify(content, null, 1),
  );
  chmodSync(file, 0o644);
  return name;
}
