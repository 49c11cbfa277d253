import {error, type Finding} from './check';

const TOLD = 20;

/** One finding for each rule that is broken, however often: the first case, and how many. */
export class Complaints {
  readonly #cases = new Map<string, {readonly message: string; count: number}>();

  /** @param message says the first case; made only for that. */
  add(rule: string, message: () => string): void {
    const known = this.#cases.get(rule);
    if (known === undefined) this.#cases.set(rule, {message: message(), count: 1});
    else known.count += 1;
  }

  get findings(): readonly Finding[] {
    const cases = [...this.#cases.values()];
    const more = cases.length - TOLD;
    return [
      ...cases
        .slice(0, TOLD)
        .map(({message, count}) =>
          error(count === 1 ? message : `${message} (${count} times)`),
        ),
      ...(more > 0 ? [error(`${more} further rules are broken`)] : []),
    ];
  }
}
