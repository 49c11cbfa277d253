import type {StandInWarehouse} from '../stand-in/stand-in-warehouse';
import {Tokens, type WarehouseServer} from '../wire';
import {AttemptFaults} from './attempt-faults';
import type {Chance} from './chance';
import type {Client, RunningClient} from './client';
import type {FeedStep} from './feed';
import type {Cut, Story, Weather} from './story';

export interface AttemptOrder {
  readonly story: Story;
  readonly standIn: StandInWarehouse;
  readonly client: Client;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly cut: Cut | undefined;
  readonly catalog: unknown;
  readonly steps: Iterable<FeedStep>;
  readonly folder: string;
  readonly number: number;
  /** Told of each state as it comes back, while its client is there. */
  readonly onState: (state: unknown) => void;
  /** Given the faults as soon as they are at work: loads have to pass by them. */
  readonly onFaults: (faults: AttemptFaults) => void;
}

/** How an attempt ended. */
export interface AttemptEnd {
  readonly isSuccess: boolean;
  /** The client was taken away. */
  readonly isCut: boolean;
  /** The source ended before its time. */
  readonly isShort: boolean;
  /** Serials of the rows that the source has sent. */
  readonly sent: ReadonlySet<number>;
  readonly faults: ReadonlyMap<string, number>;
  /** Names of the files that were sent. */
  readonly uploaded: ReadonlySet<string>;
  /** What the client said of errors. */
  readonly complaints: readonly string[];
}

const TOKEN = 'dapi-0123456789';
const CLIENT_ID = 'loader';
const CLIENT_SECRET = 'secret-of-the-loader';

/** Runs one attempt from its first message to its end, whatever that is. */
export async function runAttempt(order: AttemptOrder): Promise<AttemptEnd> {
  const tokens = new Tokens({
    personal: order.story.authentication === 'token' ? [TOKEN] : [],
    clients: {[CLIENT_ID]: CLIENT_SECRET},
    lifetimeSeconds: 3600,
  });
  return await new Attempt(order, tokens).run();
}

class Attempt {
  readonly #faults: AttemptFaults;
  readonly #complaints: string[] = [];
  readonly #sent = new Set<number>();
  #client: RunningClient | undefined;
  #door: WarehouseServer | undefined;
  #isShort = false;

  constructor(
    private readonly order: AttemptOrder,
    private readonly tokens: Tokens,
  ) {
    const {chance, weather, standIn, story, cut} = order;
    const mayExpire = story.authentication === 'service_principal';
    this.#faults = new AttemptFaults({
      chance,
      weather,
      standIn,
      expireTokens: mayExpire ? () => tokens.expireIssued() : undefined,
      moment: cut?.kind === 'killed' ? cut.moment : undefined,
      cut: () => this.#cut(),
    });
  }

  async run(): Promise<AttemptEnd> {
    const {order, tokens} = this;
    const {client, catalog, folder, standIn, onFaults} = order;
    const faults = this.#faults;
    onFaults(faults);
    this.#door = await standIn.serve({tokens, faults});
    this.#client = client.start({
      catalog,
      folder,
      config: configFor(this.#door, order.story),
      seed: order.story.seed * 100 + order.number,
      steps: this.#steps(),
      onLine: (line) => this.#hear(line),
    });
    const isSuccess = await this.#client.ended;
    await this.#door.close();
    return {
      isSuccess: isSuccess && !faults.isCut,
      isCut: faults.isCut,
      isShort: this.#isShort,
      sent: this.#sent,
      faults: faults.happened,
      uploaded: faults.uploaded,
      complaints: this.#complaints,
    };
  }

  *#steps(): Generator<FeedStep> {
    const {steps, cut} = this.order;
    const most = cut?.kind === 'source_died' ? cut.afterMessages : Infinity;
    let count = 0;
    for (const step of steps) {
      if (this.#faults.isCut) return;
      if (count >= most) {
        this.#isShort = true;
        return;
      }
      count += 1;
      if (step.kind === 'line' && step.row !== undefined)
        this.#sent.add(step.row.serial);
      yield step;
    }
  }

  #cut(): void {
    this.#client?.kill();
    void this.#door?.close();
  }

  /** Whoever is gone has not said it. */
  #hear(line: string): void {
    if (line === '' || this.#faults.isCut) return;
    const message = JSON.parse(line) as OutputMessage;
    if (message.type === 'STATE') {
      this.order.onState(message.state);
      this.#faults.echoed();
    }
    const complaint = complaintOf(message);
    if (complaint !== undefined) this.#complaints.push(complaint);
  }
}

function complaintOf({log, trace}: OutputMessage): string | undefined {
  if (trace?.error !== undefined) return trace.error.internal_message ?? 'no reason';
  return log?.level === 'ERROR' ? log.message : undefined;
}

interface OutputMessage {
  readonly type: string;
  readonly state?: unknown;
  readonly log?: {readonly level: string; readonly message: string};
  readonly trace?: {readonly error?: {readonly internal_message?: string}};
}

function configFor(door: WarehouseServer, story: Story): Record<string, unknown> {
  const authentication =
    story.authentication === 'token'
      ? {auth_type: 'personal_access_token', personal_access_token: TOKEN}
      : {auth_type: 'oauth_m2m', client_id: CLIENT_ID, client_secret: CLIENT_SECRET};
  return {
    engine: {
      type: 'databricks',
      host: door.host,
      port: door.port,
      http_path: door.httpPath,
      authentication,
      ca_certificate: door.caCertificate,
      staging: {upload: story.upload},
    },
    catalog: 'main',
    schema: 'pi',
    flush: {megabytes: 1, seconds: 1},
  };
}
