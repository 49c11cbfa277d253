import {readFileSync} from 'node:fs';

/** What a contestant has to read, as a file of JSON whose path is its argument. */
export interface ReadingTask {
  readonly origin: string;
  /** Folder of the recording: the requests to make. */
  readonly recording: string;
  /** Events from this instant on are not wanted: `2026-03-02T06:00:00.0000000Z`. */
  readonly end: string;
  /** By WebID: what the answers themselves do not say. */
  readonly points: Readonly<Record<string, PointFacts>>;
}

/** Name and units of a point. */
export interface PointFacts {
  readonly name: string;
  readonly units?: string;
}

/** Reads the task from its file. */
export function readingTask(path: string): ReadingTask {
  return JSON.parse(readFileSync(path, 'utf8')) as ReadingTask;
}
