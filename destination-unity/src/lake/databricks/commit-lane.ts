/** A load that waits for its turn to be committed. */
export interface StagedLoad<Plan> {
  /** What it has in common with loads that may be committed in the same statement. */
  readonly kind: string;
  readonly plan: Plan;
  /** Resolves with the path of the staged file. */
  readonly staged: Promise<string>;
}

interface Waiting<Plan> extends StagedLoad<Plan> {
  path: string | undefined;
}

/** A statement names no more files than this. */
const MOST_FILES = 1000;

/**
 * Commits loads in the order in which they came. Files that were staged while a statement
 * ran go with the next one together. Once a commit has failed, nothing is committed any
 * more: what came after would stand in the table without what came before.
 */
export class CommitLane<Plan> {
  #turn: Promise<unknown> = Promise.resolve();
  #failure: {readonly reason: unknown} | undefined;
  readonly #waiting: Waiting<Plan>[] = [];

  constructor(
    private readonly commit: (plan: Plan, paths: readonly string[]) => Promise<void>,
  ) {}

  /** Resolves when the load is committed. */
  add(load: StagedLoad<Plan>): Promise<void> {
    const waiting: Waiting<Plan> = {...load, path: undefined};
    this.#waiting.push(waiting);
    load.staged.then(
      (path) => (waiting.path = path),
      () => undefined, // told where the load is awaited
    );
    return this.inTurn(() => this.#commitUpTo(waiting));
  }

  /** Does something behind the loads that came before it. */
  inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(async () => {
      if (this.#failure !== undefined) throw this.#failure.reason;
      return await act();
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #commitUpTo(load: Waiting<Plan>): Promise<void> {
    if (!this.#waiting.includes(load)) return;
    try {
      const path = await load.staged;
      const others = this.#waiting.slice(1, MOST_FILES);
      const end = others.findIndex(
        ({kind, path: other}) => kind !== load.kind || other === undefined,
      );
      const along = others.slice(0, end === -1 ? others.length : end);
      await this.commit(load.plan, [
        path,
        ...along.flatMap((other) => other.path ?? []),
      ]);
      this.#waiting.splice(0, 1 + along.length);
    } catch (reason) {
      this.#failure = {reason};
      throw reason;
    }
  }
}
