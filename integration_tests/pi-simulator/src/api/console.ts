import {readFaultRules} from '../faults/fault-rule';
import {UsageError} from '../plant/usage-error';
import {formatFull, parseIso} from '../time/ticks';
import {errorsAnswer, jsonAnswer, type Answer} from './answer';
import {type Traffic} from './traffic';
import {type World} from './world';

/**
 * The simulator's own resources beside the API, under `/simulator`: the plant's clock,
 * the traffic so far, and the faults.
 */
export class Console {
  constructor(
    private readonly world: World,
    private readonly traffic: Traffic,
  ) {}

  answer(method: string, path: string, body: string): Answer {
    switch (`${method} ${path}`) {
      case 'GET /simulator/stats':
        return jsonAnswer(this.traffic.counts());
      case 'GET /simulator/clock':
        return jsonAnswer({now: formatFull(this.world.clock.now())});
      case 'POST /simulator/clock':
        return this.moveClock(body);
      case 'POST /simulator/faults':
        return this.replaceFaults(body);
      default:
        return errorsAnswer(404, [`There is nothing at ${method} ${path}.`]);
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

  private replaceFaults(body: string): Answer {
    try {
      const rules = readFaultRules(body, 'the body');
      this.world.faults.clear();
      for (const rule of rules) this.world.faults.add(rule);
      return jsonAnswer({rules: rules.length});
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return errorsAnswer(400, [error.message]);
    }
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
