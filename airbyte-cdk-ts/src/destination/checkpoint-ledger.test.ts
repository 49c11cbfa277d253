import fc from 'fast-check';

import {CheckpointLedger} from './checkpoint-ledger';

fc.configureGlobal({seed: 1});

describe('CheckpointLedger', () => {
  it('holds a state back while a record before it is not durable', () => {
    const ledger = new CheckpointLedger();
    ledger.account('a').received = 1;
    ledger.stateReceived(state('a', 1), 'a');

    expect(ledger.takeDurable()).toEqual([]);
    expect(ledger.waiting).toBe(1);
  });

  it('lets it go unchanged but for the count, once only', () => {
    const ledger = new CheckpointLedger();
    const line =
      '{"type":"STATE","state":{"type":"STREAM","big":12345678901234567890}}';
    Object.assign(ledger.account('a'), {received: 3, durable: 3});
    ledger.stateReceived(line, 'a');

    expect(ledger.takeDurable()).toEqual([
      '{"type":"STATE","state":{"type":"STREAM","big":12345678901234567890,' +
        '"destinationStats":{"recordCount":3.0}}}',
    ]);
    expect(ledger.takeDurable()).toEqual([]);
  });

  it('puts its stats in the place of a null', () => {
    const ledger = new CheckpointLedger();
    ledger.stateReceived(
      '{"type":"STATE","state":{"destinationStats":null},"log":null}',
      'a',
    );

    expect(ledger.takeDurable()).toEqual([
      '{"type":"STATE","state":{"destinationStats":{"recordCount":0.0}},"log":null}',
    ]);
  });

  it('counts since the last state of the same stream, refused records apart', () => {
    const ledger = new CheckpointLedger();
    const account = ledger.account('a');
    Object.assign(account, {received: 5, durable: 5});
    ledger.stateReceived(state('a', 1), 'a');
    Object.assign(account, {received: 12, durable: 12, rejected: 2});
    ledger.stateReceived(state('a', 2), 'a');

    expect(ledger.takeDurable()[1]).toContain(
      '"destinationStats":{"recordCount":5.0,"rejectedRecordCount":2.0}',
    );
  });

  it('does not let a slow stream hold back another', () => {
    const ledger = new CheckpointLedger();
    ledger.account('a').received = 1;
    ledger.stateReceived(state('a', 1), 'a');
    ledger.stateReceived(state('b', 1), 'b');

    expect(ledger.takeDurable().map(nameOf)).toEqual(['b']);
  });

  it('makes a state of all streams wait for every one', () => {
    const ledger = new CheckpointLedger();
    ledger.account('a').received = 1;
    ledger.account('b').received = 1;
    ledger.stateReceived(state('all', 1), undefined);
    ledger.account('a').durable = 1;
    expect(ledger.takeDurable()).toEqual([]);

    ledger.account('b').durable = 1;
    expect(ledger.takeDurable()).toHaveLength(1);
  });

  it('makes a state behind COMPLETE wait for the finish', () => {
    const ledger = new CheckpointLedger();
    ledger.stateReceived(state('a', 1), 'a');
    ledger.account('a').isEnding = true;
    ledger.stateReceived(state('a', 2), 'a');
    expect(ledger.takeDurable()).toHaveLength(1);

    ledger.account('a').isFinished = true;
    expect(ledger.takeDurable()).toHaveLength(1);
  });

  it('echoes only what is durable, in order, whatever happens in whatever order', () => {
    const event = fc.record({
      does: fc.constantFrom('record', 'state', 'all', 'durable'),
      name: fc.constantFrom(...STREAMS),
      count: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(event, {maxLength: 60}), (events) => {
        const tape = new Tape();
        for (const {does, name, count} of events) tape.play(does, name, count);
        tape.allDurable();

        expect(tape.echoed).toHaveLength(tape.states);
        expect(tape.earliest).toBeGreaterThanOrEqual(0);
        for (const name of [...STREAMS, 'all']) {
          const numbers = tape.echoed
            .filter((line) => nameOf(line) === name)
            .map(numberOf);
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        }
      }),
    );
  });
});

const STREAMS = ['a', 'b', 'c'];

/** Plays events to a ledger and keeps a second account of what each state claims. */
class Tape {
  readonly echoed: string[] = [];
  states = 0;
  /** The least number of durable records beyond those an echoed state claims. */
  earliest = Infinity;
  readonly #ledger = new CheckpointLedger();
  readonly #claims: (readonly (readonly [string, number])[])[] = [];

  constructor() {
    for (const name of STREAMS) this.#ledger.account(name);
  }

  play(does: string, name: string, count: number): void {
    const account = this.#ledger.account(name);
    if (does === 'record') account.received += count;
    if (does === 'durable') {
      account.durable = Math.min(account.received, account.durable + count);
    }
    if (does === 'state') this.#state([name], name);
    if (does === 'all') this.#state(STREAMS, undefined);
    this.#echo();
  }

  allDurable(): void {
    for (const name of STREAMS) {
      this.#ledger.account(name).durable = this.#ledger.account(name).received;
    }
    this.#echo();
  }

  #state(claimed: readonly string[], key: string | undefined): void {
    this.#claims.push(
      claimed.map((name) => [name, this.#ledger.account(name).received] as const),
    );
    this.#ledger.stateReceived(state(key ?? 'all', this.states), key);
    this.states += 1;
  }

  #echo(): void {
    for (const line of this.#ledger.takeDurable()) {
      this.echoed.push(line);
      for (const [name, records] of this.#claims[numberOf(line)] ?? []) {
        const {durable} = this.#ledger.account(name);
        this.earliest = Math.min(this.earliest, durable - records);
      }
    }
  }
}

function state(name: string, number: number): string {
  return JSON.stringify({type: 'STATE', state: {name, number}});
}

function nameOf(line: string): string {
  return (JSON.parse(line) as {state: {name: string}}).state.name;
}

function numberOf(line: string): number {
  return (JSON.parse(line) as {state: {number: number}}).state.number;
}
