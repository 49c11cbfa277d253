/** What the destination tells of its loads as it ends. */
export interface LoadSummary {
  readonly rows: number;
  /** Staged files. */
  readonly files: number;
  /** Seconds of clock time in which something of the kind was under way. */
  readonly encodeSeconds: number;
  readonly uploadSeconds: number;
  readonly commitSeconds: number;
}

const SENTENCE =
  /Loaded (\d+) rows in (\d+) files .*?encoding took ([\d.]+) s, uploading ([\d.]+) s, loading into tables ([\d.]+) s/;

/** Finds the summary among the messages; undefined where there is none. */
export function loadSummary(messages: string): LoadSummary | undefined {
  const found = SENTENCE.exec(messages)?.slice(1).map(Number);
  if (found === undefined) return undefined;
  const [rows = 0, files = 0, encodeSeconds = 0, uploadSeconds = 0, commitSeconds = 0] =
    found;
  return {rows, files, encodeSeconds, uploadSeconds, commitSeconds};
}
