/** How a stream is written, and how its source goes on after a failure. */
export type StreamKind =
  /** Row behind row. */
  | 'append'
  /** By key. */
  | 'append_dedup'
  /** A new generation in each sync, resumed from its last state. */
  | 'overwrite'
  /** A new generation in each attempt, from the start. */
  | 'overwrite_whole'
  /** As a platform asks that counts no generations: each attempt from the start. */
  | 'overwrite_uncounted';

export interface StoryStream {
  readonly name: string;
  readonly namespace: string | undefined;
  /** Full name of its table, as the contract has it: `main.pi.stream_0`. */
  readonly table: string;
  readonly kind: StreamKind;
  /** Empty unless the kind is `append_dedup`. */
  readonly key: readonly ('id' | 'part' | 'at')[];
}

/** A row as the source knows it. */
export interface StoryRow {
  /** Of all rows of all streams, never twice. */
  readonly serial: number;
  readonly id: number;
  readonly part: string | null;
  /** Cursor; microseconds since 1970. */
  readonly at: number | null;
  readonly value: number | null;
  readonly label: string;
  /** By name of the column: those that the stream has grown by. */
  readonly extras: Readonly<Record<string, string | number | boolean | null>>;
}

/** A column that a stream has grown by. */
export interface ExtraColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
}

/** What one sync brings for one stream. */
export interface StreamPart {
  readonly rows: readonly StoryRow[];
  readonly extras: readonly ExtraColumn[];
  /** Rows stored before give way to these. */
  readonly isRefresh: boolean;
}

/** A message of the source, by the stream's number. */
export type StoryMessage =
  | {readonly kind: 'row'; readonly stream: number; readonly index: number}
  /** All rows before `position` have been sent. */
  | {readonly kind: 'state'; readonly stream: number; readonly position: number}
  /** The source says no more of it. */
  | {readonly kind: 'complete'; readonly stream: number}
  /** Time passes, so that what is collected grows old. */
  | {readonly kind: 'pause'};

export interface StorySync {
  /** One a stream, in the order of the streams. */
  readonly parts: readonly StreamPart[];
  readonly messages: readonly StoryMessage[];
}

/** Where an attempt is cut off. */
export type Moment =
  | {
      readonly at: 'request';
      /** First word of a statement, or a kind of request. */
      readonly what: string;
      readonly phase: 'before' | 'after';
      /** The how manyth of its kind. */
      readonly count: number;
    }
  /** While the how manyth load is under way, which goes on without its client. */
  | {readonly at: 'load'; readonly count: number}
  | {readonly at: 'echo'; readonly count: number};

/** What ends an attempt before its time. */
export type Cut =
  /** The client is gone at once. */
  | {readonly kind: 'killed'; readonly moment: Moment}
  /** The source ends without a word, after so many of its messages. */
  | {readonly kind: 'source_died'; readonly afterMessages: number};

/** How much goes wrong between the client and the warehouse. */
export interface Weather {
  /** Share of requests that something happens to. */
  readonly faultRate: number;
  /** Sessions that cannot be opened before the first one can, in each attempt. */
  readonly coldOpens: number;
  /** Share of loads that meet a conflict, or take their time. */
  readonly slowLoads: number;
}

/** A connection's life, all of it from its seed. */
export interface Story {
  readonly seed: number;
  readonly streams: readonly StoryStream[];
  readonly syncs: readonly StorySync[];
  /** Cuts of the attempts, in their order; once they are used up nothing is cut. */
  readonly cuts: readonly Cut[];
  /** Attempts that are cut run as a program, which dies of SIGKILL. */
  readonly isProgramKilled: boolean;
  readonly weather: Weather;
  readonly upload: 'sql_put' | 'files_api';
  readonly authentication: 'token' | 'service_principal';
  /** How long a statement may keep its first reply waiting. */
  readonly directResultsMs: number;
}
