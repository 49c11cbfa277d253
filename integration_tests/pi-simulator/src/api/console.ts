import {type Change, type ChangeRecord} from '../changes/change';
import {readFaultRules} from '../faults/fault-rule';
import {UsageError} from '../plant/usage-error';
import {formatFull, parseIso} from '../time/ticks';
import {truthLines} from '../truth/records';
import {TRUTH_STREAMS} from '../truth/truth';
import {type TruthSource} from '../truth/truth-source';
import {errorsAnswer, jsonAnswer, type Answer} from './answer';
import {type Traffic} from './traffic';
import {type World} from './world';

/**
 * The simulator's own resources beside the API, under `/simulator`: the plant's clock,
 * the traffic so far, the faults, the changes, and the truth as it stands.
 */
export class Console {
  constructor(
    private readonly world: World,
    private readonly traffic: Traffic,
    private readonly truth: TruthSource,
  ) {}

  answer(method: string, target: string, body: string): Answer {
    const [path, query] = target.split('?');
    switch (`${method} ${String(path)}`) {
      case 'GET /simulator/stats':
        return jsonAnswer(this.traffic.counts());
      case 'GET /simulator/clock':
        return jsonAnswer({now: formatFull(this.world.clock.now())});
      case 'POST /simulator/clock':
        return this.moveClock(body);
      case 'POST /simulator/faults':
        return this.replaceFaults(body);
      case 'GET /simulator/changes':
        return jsonAnswer({changes: this.truth.changeBook.all()});
      case 'POST /simulator/changes':
        return this.makeChanges(body);
      case 'GET /simulator/truth':
        return this.tellTruth(new URLSearchParams(query));
      default:
        return errorsAnswer(404, [`There is nothing at ${method} ${String(path)}.`]);
    }
  }

  private moveClock(body: string): Answer {
    const now = instantIn(body);
    if (now === undefined)
      return errorsAnswer(400, ['Expected {"now": "<ISO 8601>"}.']);
    const refusal = this.world.clock.advance(now);
    if (refusal !== undefined) return errorsAnswer(409, [refusal]);
    return jsonAnswer({now: formatFull(this.world.clock.now())});
  }

  private tellTruth(asked: URLSearchParams): Answer {
    const {stream = '', from = '', to = '', snapshot} = Object.fromEntries(asked);
    const known = TRUTH_STREAMS.find((name) => name === stream);
    if (known === undefined)
      return errorsAnswer(400, [`A stream is one of ${TRUTH_STREAMS.join(', ')}.`]);
    const leavesOut = snapshot === 'leave_out';
    const window = {from, to, ...(leavesOut && ({snapshot: 'leave_out'} as const))};
    return orRefusal(() => ({
      status: 200,
      headers: {'Content-Type': 'text/plain; charset=utf-8'},
      body: [...truthLines(this.truth, known, window)],
    }));
  }

  /** Makes the changes in their order, and stops at the first that cannot be made. */
  private makeChanges(body: string): Answer {
    const list = listIn(body);
    if (list === undefined) return errorsAnswer(400, ['Expected a list of changes.']);
    const changes: ChangeRecord[] = [];
    for (const change of list) {
      try {
        changes.push(this.truth.changeBook.make(change as Change));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        const at = `Change ${changes.length + 1} of ${list.length}`;
        return errorsAnswer(400, [`${at}: ${error.message}`]);
      }
    }
    return jsonAnswer({changes});
  }

  private replaceFaults(body: string): Answer {
    return orRefusal(() => {
      const rules = readFaultRules(body, 'the body');
      this.world.faults.clear();
      for (const rule of rules) this.world.faults.add(rule);
      return jsonAnswer({rules: rules.length});
    });
  }
}

/** What cannot be done as asked is answered with 400. */
function orRefusal(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return errorsAnswer(400, [error.message]);
  }
}

function listIn(body: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(body);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

function instantIn(body: string): number | undefined {
  try {
    const {now} = JSON.parse(body) as {now?: unknown};
    return typeof now === 'string' ? parseIso(now) : undefined;
  } catch {
    return undefined;
  }
}
