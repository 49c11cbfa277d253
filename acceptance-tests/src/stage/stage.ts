import {readFileSync} from 'node:fs';
import path from 'node:path';

import type {SectionName} from '../config/airbyte-config';
import type {Plan} from '../config/load';
import {inside, messagesOfType, type Outcome} from '../run/outcome';
import type {Command, Runner} from '../run/runner';
import type {ConfiguredCatalog, DiscoveredStream, JsonSchema} from './catalog';

type Sections = Plan['airbyte']['acceptance_tests'];
type TestOf<S extends SectionName> = NonNullable<
  NonNullable<Sections[S]>['tests']
>[number];

/** What a read is asked for. */
export interface ReadRequest {
  readonly configPath: string;
  readonly catalog: ConfiguredCatalog;
  readonly state?: unknown;
  readonly more?: Partial<Command>;
}

/** A run of the connector, as it was asked for and as it went. */
export interface Run {
  readonly command: Command;
  readonly outcome: Outcome;
}

/**
 * A connector and its plan. Runs that several checks look at are made once and remembered
 * by a key; whoever needs an own run uses `runner` directly.
 */
export class Stage {
  readonly #once = new Map<string, Promise<unknown>>();

  /** Every run so far, whichever check made it, in the order of their ends. */
  readonly runs: Run[] = [];
  readonly runner: Runner;

  constructor(
    readonly plan: Plan,
    runner: Runner,
  ) {
    this.runner = {
      ...runner,
      run: async (command) => {
        const outcome = await runner.run(command);
        this.runs.push({command, outcome});
        return outcome;
      },
    };
  }

  get kind(): Plan['own']['kind'] {
    return this.plan.own.kind;
  }

  /** Certified strictness: nothing may be left out without a reason. */
  get isStrict(): boolean {
    return this.plan.airbyte.test_strictness_level === 'high';
  }

  /** The tests of a section of the plan; none where it is bypassed or missing. */
  tests<S extends SectionName>(section: S): readonly TestOf<S>[] {
    return this.plan.airbyte.acceptance_tests[section]?.tests ?? [];
  }

  /** Why a section is not asked; undefined where it is. */
  bypassed(section: SectionName): string | undefined {
    const found = this.plan.airbyte.acceptance_tests[section];
    return found === undefined ? 'the plan has no such section' : found.bypass_reason;
  }

  /** The path of a file that the plan names. */
  path(name: string): string {
    return path.resolve(this.plan.base, name);
  }

  /** A JSON document that the plan names. */
  document(name: string): unknown {
    return JSON.parse(readFileSync(this.path(name), 'utf8'));
  }

  /** Makes something once; later calls with the key get the same. */
  once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const made = this.#once.get(key) ?? make();
    this.#once.set(key, made);
    return made as Promise<T>;
  }

  spec(): Promise<Outcome> {
    return this.once('spec', () => this.runner.run({command: 'spec'}));
  }

  /** The schema of the config; an empty one where `spec` gave none. */
  async connectionSpecification(): Promise<JsonSchema> {
    const [message] = await messagesOfType(await this.spec(), 'SPEC');
    return (inside(message, 'spec', 'connectionSpecification') ?? {}) as JsonSchema;
  }

  check(configPath: string): Promise<Outcome> {
    return this.once(`check ${configPath}`, () =>
      this.runner.run({
        command: 'check',
        config: {content: this.document(configPath)},
      }),
    );
  }

  discover(configPath: string): Promise<Outcome> {
    return this.once(`discover ${configPath}`, () =>
      this.runner.run({
        command: 'discover',
        config: {content: this.document(configPath)},
      }),
    );
  }

  /** The streams that `discover` told; none where it told no catalog. */
  async streams(configPath: string): Promise<readonly DiscoveredStream[]> {
    const [message] = await messagesOfType(await this.discover(configPath), 'CATALOG');
    const streams = inside(message, 'catalog', 'streams');
    return Array.isArray(streams) ? (streams as DiscoveredStream[]) : [];
  }

  /** A run of `read` of its own. */
  read({configPath, catalog, state, more = {}}: ReadRequest): Promise<Outcome> {
    return this.runner.run({
      command: 'read',
      config: {content: this.document(configPath)},
      catalog: {content: catalog},
      ...(state === undefined ? {} : {state: {content: state}}),
      ...more,
    });
  }
}
