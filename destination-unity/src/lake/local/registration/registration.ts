import type {Log} from 'airbyte-cdk-ts';

import type {CatalogClient} from './catalog-client';
import {Registrar} from './registrar';
import type {TableEntry} from './table-entry';

export interface RegistrationOptions {
  /** Gives up soon: for what is tried again later. */
  readonly hasty: CatalogClient;
  /** Waits for a server that is being restarted. */
  readonly patient: CatalogClient;
  readonly log: Log;
}

/**
 * When tables are registered: early, so that readers find them while a long sync runs, and
 * for good at the end of their stream. A server that is away delays loading only once.
 */
export class Registration {
  readonly #hasty: Registrar;
  readonly #patient: Registrar;
  #isAway = false;
  #isGivenUp = false;

  constructor(private readonly options: RegistrationOptions) {
    const {hasty, patient, log} = options;
    this.#hasty = new Registrar(hasty, log);
    this.#patient = new Registrar(patient, log);
  }

  /** Never rejects: what fails here is tried again at the end. */
  async early(entry: TableEntry): Promise<void> {
    if (this.#isAway) return;
    try {
      await this.#hasty.register(entry);
    } catch (failure) {
      this.#isAway = !this.options.hasty.isReached;
      this.options.log.warn(
        `${failure instanceof Error ? failure.message : String(failure)} ` +
          'Loading goes on; registration is tried again at the end of the stream.',
      );
    }
  }

  /** Rejects with what stands in the way. */
  async final(entry: TableEntry): Promise<void> {
    const registrar = this.#isGivenUp ? this.#hasty : this.#patient;
    const client = this.#isGivenUp ? this.options.hasty : this.options.patient;
    try {
      await registrar.register(entry);
    } finally {
      this.#isGivenUp = !client.isReached;
      this.#isAway = !client.isReached;
    }
  }
}
