import fs from 'node:fs/promises';

/** Reads a file; none where there is none. */
export async function readIfThere(file: string): Promise<Buffer | undefined> {
  return fs.readFile(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

/** Size and age of a file; none where there is none. */
export async function statIfThere(
  file: string,
): Promise<{readonly size: number; readonly modified: Date} | undefined> {
  const stat = await fs.stat(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return stat === undefined || stat.isDirectory()
    ? undefined
    : {size: stat.size, modified: stat.mtime};
}

/** Removes a file and tells whether there was one. */
export async function removeIfThere(file: string): Promise<boolean> {
  return fs.unlink(file).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
