import {spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

import {inside, linesOf, type Message, type Outcome} from '../../run/outcome';
import type {Command} from '../../run/runner';
import type {Stage} from '../../stage/stage';
import {catalogOf, type Entry, type Table} from './conversation';

/** A row as the plan's command prints it; names of columns are the destination's. */
export type Row = Readonly<Record<string, unknown>>;

/** A STATE that came back. */
export interface Echo {
  readonly text: string;
  readonly state: Message;
}

/** How one write went. */
export interface Sync {
  readonly outcome: Outcome;
  /** In the order in which they came back. */
  readonly states: readonly Echo[];
  /** `trace.error` of each TRACE ERROR. */
  readonly errors: readonly Message[];
}

interface SyncRequest {
  readonly entries: readonly Entry[];
  /** Lines without their ends. */
  readonly lines: Iterable<string> | AsyncIterable<string>;
  readonly more?: Partial<Command>;
}

/** The destination of a stage and what it stores. */
export class Storage {
  constructor(
    private readonly stage: Stage,
    /** Of the config; that of the plan's `storage` unless told. */
    private readonly configPath = stage.plan.own.storage?.config_path ?? '',
  ) {}

  /** About the size of the largest record that must be stored, bytes. */
  get largeRecordBytes(): number {
    return this.stage.plan.own.storage?.large_record_bytes ?? 0;
  }

  /** A namespace nobody has written to, so that older tables are never in the way. */
  namespace(): string {
    return `acceptance_${randomUUID().slice(0, 8)}`;
  }

  /** One write to its end. */
  async sync({entries, lines, more = {}}: SyncRequest): Promise<Sync> {
    const outcome = await this.stage.runner.run({
      command: 'write',
      config: {content: this.stage.document(this.configPath)},
      catalog: {content: catalogOf(entries)},
      stdin: ended(lines),
      ...more,
    });
    return told(outcome);
  }

  /**
   * The rows of a table; none where there is no table.
   *
   * @throws where the plan's command fails: nothing can be judged then.
   */
  async rows({namespace, stream}: Table): Promise<readonly Row[]> {
    const rows: Row[] = [];
    const [program = '', ...args] = (this.stage.plan.own.storage?.rows ?? []).map(
      (word) =>
        word.replaceAll('{namespace}', namespace).replaceAll('{stream}', stream),
    );
    const child = spawn(program, args, {
      cwd: this.stage.plan.base,
      env: {...process.env},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close') as Promise<[number | null]>;
    for await (const line of createInterface({input: child.stdout})) {
      rows.push(JSON.parse(line) as Row);
    }
    const [exit] = await closed;
    if (exit !== 0) {
      throw new TypeError(`the command for rows ended with ${exit}: ${args.join(' ')}`);
    }
    return rows;
  }
}

/** What a write said; a line cut off by a kill is no message. */
async function told(outcome: Outcome): Promise<Sync> {
  const states: Echo[] = [];
  const errors: Message[] = [];
  for await (const {text, message} of linesOf(outcome)) {
    const state = message?.['type'] === 'STATE' && message['state'];
    if (state) states.push({text, state: state as Message});
    const error = inside(message, 'trace', 'error');
    if (error !== undefined) errors.push(error as Message);
  }
  return {outcome, states, errors};
}

async function* ended(
  lines: Iterable<string> | AsyncIterable<string>,
): AsyncIterable<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** The content of a state, whose form is the source's. */
export function contentOf({state}: Echo): unknown {
  return inside(state, 'stream', 'stream_state');
}

/** How many records the destination says it stored for a state. */
export function countOf({state}: Echo): unknown {
  return inside(state, 'destinationStats', 'recordCount');
}

/** Whether a state came back for a stream. */
export function isOf({namespace, stream}: Table, {state}: Echo): boolean {
  const descriptor = inside(state, 'stream', 'stream_descriptor');
  return (
    inside(descriptor, 'name') === stream &&
    inside(descriptor, 'namespace') === namespace
  );
}
