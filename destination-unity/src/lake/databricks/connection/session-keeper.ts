import {SystemError, type Log} from 'airbyte-cdk-ts';

import {
  connectDriver,
  SILENCE_MS,
  type Client,
  type DriverOptions,
  type Session,
} from './driver';
import {withinTime} from './within-time';

/** A warehouse that does not answer a farewell is left to its own time-outs. */
const FAREWELL_MS = 10_000;

/** Keeps one session open for all statements, and opens another when it has gone. */
export class SessionKeeper {
  readonly #options: DriverOptions;
  readonly #log: Log;
  #client: Promise<Client> | undefined;
  #session: Promise<Session> | undefined;
  #wasOpen = false;
  #isClosed = false;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  /** Whether a session was ever had: host, path and credentials are right then. */
  get wasOpen(): boolean {
    return this.#wasOpen;
  }

  /** The session, the same for all who ask until it is dropped. */
  async session(): Promise<Session> {
    if (this.#isClosed) throw new SystemError('The connection has been closed.');
    const opening = (this.#session ??= this.#open());
    try {
      return await opening;
    } catch (thrown) {
      if (this.#session === opening) this.#session = undefined;
      throw thrown;
    }
  }

  /** The next who asks gets another session, unless that has come about already. */
  async drop(session: Session): Promise<void> {
    const held = this.#session;
    if (held === undefined || (await held.catch(() => undefined)) !== session) return;
    if (this.#session === held) this.#session = undefined;
    void this.#farewell(() => session.close());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const [session, client] = [this.#session, this.#client];
    this.#session = undefined;
    this.#client = undefined;
    await this.#farewell(async () => {
      await (await session)?.close();
      await (await client)?.close();
    });
  }

  async #open(): Promise<Session> {
    this.#client ??= connectDriver(this.#options);
    const client = await this.#client;
    const session = await withinTime(client.openSession(), 2 * SILENCE_MS);
    this.#wasOpen = true;
    return session;
  }

  async #farewell(close: () => Promise<unknown>): Promise<void> {
    try {
      await withinTime(close(), FAREWELL_MS);
    } catch {
      this.#log.debug('The warehouse did not confirm the end of a session.');
    }
  }
}
