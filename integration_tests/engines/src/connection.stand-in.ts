import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {
  openTokens,
  openWarehouse,
} from '../../../destination-unity/src/lake/databricks/connection/open-warehouse';
import type {ConnectionSurroundings} from '../../../destination-unity/src/lake/databricks/connection/surroundings';
import type {
  Authentication,
  StagingSettings,
  WarehouseAddress,
} from '../../../destination-unity/src/lake/databricks/settings';
import {openStagingArea} from '../../../destination-unity/src/lake/databricks/volume/open-staging-area';
import type {StagingArea} from '../../../destination-unity/src/lake/databricks/volume/staging-area';
import type {Warehouse} from '../../../destination-unity/src/lake/databricks/warehouse';
import {
  answerLocally,
  answerVolumeStatement,
  NO_RESULT,
  Operations,
  Sessions,
  SqlError,
  startWarehouseServer,
  Storage,
  textAnswer,
  Tokens,
  type Answer,
  type Exchange,
  type Failure,
  type ReceivedCall,
  type Response,
  type WarehouseServer,
} from './wire';

const NAMESPACE = {catalog: 'main', schema: 'lake'};
export const VOLUME = {...NAMESPACE, volume: 'staging'};
const PERSONAL: Authentication = {kind: 'token', token: 'personal-token'};
export const PRINCIPAL: Authentication = {
  kind: 'service_principal',
  clientId: 'client-id',
  clientSecret: 'client-secret',
};

/** Says what goes wrong with a request, if anything. */
export type Fault = (exchange: Exchange) => Failure | undefined;

/** A stand-in for a warehouse, and clients of it whose time passes by sleeping only. */
export class Stand implements AsyncDisposable {
  static async open(): Promise<Stand> {
    const stand = new Stand(fs.mkdtempSync(path.join(os.tmpdir(), 'connection-')));
    stand.#server = await startWarehouseServer({
      storage: stand.storage,
      tokens: stand.tokens,
      answer: (call) => stand.#answer(call),
      faults: {
        before: (exchange) => stand.before(exchange),
        after: (exchange) => stand.after(exchange),
      },
    });
    return stand;
  }

  readonly storage: Storage;
  readonly tokens = new Tokens({
    personal: ['personal-token'],
    clients: {'client-id': 'client-secret'},
    lifetimeSeconds: 3600,
  });
  readonly sessions = new Sessions<typeof NAMESPACE>();
  /** Statements that were carried out. */
  readonly executed: string[] = [];
  readonly said: string[] = [];
  readonly concealed: string[] = [];
  readonly slept: number[] = [];
  /** Set to make requests fail before, or after, they were carried out. */
  before: Fault = () => undefined;
  after: Fault = () => undefined;
  /** Called when a statement other than one about volumes arrives. */
  execute: (sql: string) => Answer | Promise<Answer> = answerExample;
  /** Set to refuse a statement, whatever it is about. */
  refuse: (sql: string) => SqlError | undefined = () => undefined;
  #server: WarehouseServer | undefined;
  #nowMs = Date.now();
  readonly #operations = new Operations(10_000);
  readonly #opened: Warehouse[] = [];

  private constructor(readonly folder: string) {
    this.storage = new Storage(path.join(folder, 'storage'));
  }

  get surroundings(): ConnectionSurroundings {
    const say = (message: string): void => void this.said.push(message);
    return {
      log: {error: say, warn: say, info: say, debug: () => undefined},
      conceal: (secret) => void this.concealed.push(secret),
      nowMs: () => this.#nowMs,
      random: () => 0.5,
      sleep: (ms) => {
        this.slept.push(ms);
        this.pass(ms);
        return Promise.resolve();
      },
    };
  }

  /** Lets time go by. */
  pass(ms: number): void {
    this.#nowMs += ms;
  }

  address(part: Partial<WarehouseAddress> = {}): WarehouseAddress {
    if (this.#server === undefined) throw new Error('not open');
    return {...this.#server, authentication: PERSONAL, ...part};
  }

  warehouse(part: Partial<WarehouseAddress> = {}): Warehouse {
    const warehouse = openWarehouse(this.address(part), this.surroundings);
    this.#opened.push(warehouse);
    return warehouse;
  }

  staging(
    upload: StagingSettings['upload'],
    part: Partial<WarehouseAddress> = {},
  ): StagingArea {
    const address = this.address(part);
    const tokens = openTokens(address, this.surroundings);
    const warehouse = openWarehouse(address, this.surroundings, tokens);
    this.#opened.push(warehouse);
    return openStagingArea({
      address,
      volume: VOLUME,
      upload,
      run: {startedMs: this.#nowMs, id: '0a1b2c3d'},
      warehouse,
      tokens,
      surroundings: this.surroundings,
    });
  }

  /** A local file of the stand. */
  file(name: string, content: string): string {
    const file = path.join(this.folder, name);
    fs.writeFileSync(file, content);
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.before = () => undefined;
    this.after = () => undefined;
    await Promise.all(this.#opened.map((warehouse) => warehouse.close()));
    await this.#server?.close();
    fs.rmSync(this.folder, {recursive: true});
  }

  #answer({call, name}: ReceivedCall): Promise<Response> {
    if (call === undefined) throw new SqlError('UNKNOWN_CALL', name, '0A000');
    return answerLocally(call, {
      sessions: this.sessions,
      operations: this.#operations,
      newSession: () => NAMESPACE,
      execute: (sql) => this.#carryOut(sql),
    });
  }

  async #carryOut(sql: string): Promise<Answer> {
    const refusal = this.refuse(sql);
    if (refusal !== undefined) throw refusal;
    const answer =
      answerVolumeStatement(sql, NAMESPACE, this.storage) ?? (await this.execute(sql));
    this.executed.push(sql);
    return answer;
  }
}

function answerExample(sql: string): Answer {
  if (sql.startsWith('SELECT')) return textAnswer(['n'], [['1']]);
  return NO_RESULT;
}

/** The fault, the first `times` a request of the kind is made; counts them all. */
export function failing(
  times: number,
  isMeant: (exchange: Exchange) => boolean,
  failure: Failure,
): Fault & {readonly seen: () => number} {
  let seen = 0;
  const fault: Fault = (exchange) => {
    if (!isMeant(exchange)) return undefined;
    seen += 1;
    return seen <= times ? failure : undefined;
  };
  return Object.assign(fault, {seen: () => seen});
}

/** Whether a request is this Thrift call. */
export function calls(name: string): (exchange: Exchange) => boolean {
  return (exchange) => exchange.kind === 'thrift' && exchange.name === name;
}
