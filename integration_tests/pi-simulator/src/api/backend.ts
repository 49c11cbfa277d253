import {type Answer, errorsAnswer} from './answer';
import {type ValueBudget} from './value-budget';

/** What the archive behind the API costs and bears. */
export interface BackendLoad {
  /** Milliseconds for each call to the archive: one for a stream, and one for a set. */
  readonly rpcLatencyMs: number;
  /** Microseconds for each value that is read. */
  readonly eventLatencyMicros: number;
  /** Calls to the archive that may run at once; those above are turned away. */
  readonly maxConcurrentRpcs: number;
}

const READS_ARCHIVE = /^GET \/(streams|streamsets)\//;

/** The archive as a neighbour: slow in proportion to what is asked of it, and finite. */
export class Backend {
  private running = 0;

  constructor(
    private readonly load: BackendLoad,
    private readonly sleep: (ms: number) => Promise<void>,
  ) {}

  /** Runs a request; one that reads the archive takes as long as the archive takes. */
  async run(
    operation: string,
    read: ValueBudget,
    answer: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    if (!READS_ARCHIVE.test(operation)) return answer();
    const {rpcLatencyMs, eventLatencyMicros, maxConcurrentRpcs} = this.load;
    if (this.running >= maxConcurrentRpcs) {
      return errorsAnswer(500, [
        '[-10735] PINET: Session Manager Transaction List Full.',
      ]);
    }
    this.running += 1;
    try {
      const answered = await answer();
      const delayMs = rpcLatencyMs + (read.taken * eventLatencyMicros) / 1000;
      if (delayMs > 0) await this.sleep(delayMs);
      return answered;
    } finally {
      this.running -= 1;
    }
  }
}
