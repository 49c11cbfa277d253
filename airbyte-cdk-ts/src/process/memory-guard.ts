import {readFileSync} from 'node:fs';

import {TransientError} from '../errors';

export interface MemoryGuardOptions {
  /** Undefined: no limit. */
  readonly limitBytes: number | undefined;
  readonly usedBytes: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly clockMs: () => number;
}

const FULL_SHARE = 0.95;
const LOOK_EVERY_MS = 1000;

/**
 * A check that may be made very often: it looks once a second, and throws while there is
 * still memory left to say why. A killed container could not say anything.
 */
export function memoryGuard({
  limitBytes,
  usedBytes,
  clockMs,
}: MemoryGuardOptions): () => void {
  if (limitBytes === undefined) return () => undefined;
  let lookedAtMs = -Infinity;
  return () => {
    const nowMs = clockMs();
    if (nowMs - lookedAtMs < LOOK_EVERY_MS) return;
    lookedAtMs = nowMs;
    if (usedBytes() < limitBytes * FULL_SHARE) return;
    throw new TransientError(
      `The memory of the container is used up (limit ${megabytes(limitBytes)} MB). ` +
        'Give it more, or lower the concurrency or buffer settings of the connector.',
      {details: {limitMb: megabytes(limitBytes), usedMb: megabytes(usedBytes())}},
    );
  };
}

/** The places where Linux tells the memory limit of a container, newer first. */
const LIMIT_FILES = [
  '/sys/fs/cgroup/memory.max',
  '/sys/fs/cgroup/memory/memory.limit_in_bytes',
];

/** The limit of the container; undefined where there is none or it cannot be known. */
export function containerLimitBytes(read = readLimit): number | undefined {
  for (const file of LIMIT_FILES) {
    const limit = Number(read(file));
    // Version 1 writes a huge number for "no limit", version 2 writes `max`.
    if (Number.isFinite(limit) && limit > 0 && limit < 2 ** 50) return limit;
  }
  return undefined;
}

function readLimit(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
