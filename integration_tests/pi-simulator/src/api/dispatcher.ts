import {setTimeout as sleep} from 'node:timers/promises';

import {type FaultRule} from '../faults/fault-rule';
import {errorsAnswer, jsonAnswer, type Answer} from './answer';
import {type Router} from './router';
import {type Caller, type SubRequest} from './route';
import {type Traffic} from './traffic';
import {type World} from './world';

/** Who sends a request and from where the caller sees the API. */
export interface Origin {
  readonly caller: Caller;
  /** `http://host:port/piwebapi`. */
  readonly base: string;
  readonly isSubRequest: boolean;
}

/** An answer and what is to happen to it on the wire. */
export interface Dispatched {
  readonly answer: Answer;
  /** The connection is cut after so many bytes of the body. */
  readonly truncateAfterBytes?: number;
}

/** Takes a request through the faults to its route, for whole and for sub-requests. */
export class Dispatcher {
  constructor(
    private readonly router: Router,
    private readonly world: World,
    private readonly traffic: Traffic,
  ) {}

  async dispatch(request: SubRequest, origin: Origin): Promise<Dispatched> {
    const {method, target} = request;
    const operation = this.router.operation(method, target) ?? 'unknown';
    this.traffic.routed(operation, origin.isSubRequest);
    const faults = this.world.faults.forRequest(() => subject(request));
    const delayMs = faults.reduce((sum, fault) => sum + (fault.delayMs ?? 0), 0);
    if (delayMs > 0) await sleep(delayMs);
    const answer = await this.answer(request, origin, faults);
    const truncateAfterBytes = first(faults, 'truncateAfterBytes');
    return truncateAfterBytes === undefined ? {answer} : {answer, truncateAfterBytes};
  }

  private answer(
    request: SubRequest,
    {caller, base}: Origin,
    faults: readonly FaultRule[],
  ): Answer | Promise<Answer> {
    const failing = faults.find((fault) => fault.status !== undefined);
    if (failing !== undefined) return failure(failing);
    const maxValues = first(faults, 'webExceptionAfterValues');
    const dispatch = async (sub: SubRequest): Promise<Answer> => {
      const {answer} = await this.dispatch(sub, {caller, base, isSubRequest: true});
      return answer;
    };
    const limited = maxValues === undefined ? {} : {maxValues};
    return this.router.answer(
      {...request, caller, base, dispatch, ...limited},
      this.world,
    );
  }
}

/** What fault rules for requests look at. */
function subject({method, target}: SubRequest): string {
  const line = `${method} /piwebapi${target}`;
  try {
    return decodeURIComponent(line);
  } catch {
    return line;
  }
}

function first(
  faults: readonly FaultRule[],
  member: 'truncateAfterBytes' | 'webExceptionAfterValues',
): number | undefined {
  return faults.find((fault) => fault[member] !== undefined)?.[member];
}

/** The answer a fault asks for. */
function failure(fault: FaultRule): Answer {
  const {status = 500, message = `Simulated status ${status}.`, retryAfter} = fault;
  const answer = failureBody(fault, status, message);
  const extra = retryAfter === undefined ? {} : {'Retry-After': String(retryAfter)};
  return {...answer, headers: {...answer.headers, ...extra}};
}

function failureBody(
  {body = 'errors'}: FaultRule,
  status: number,
  message: string,
): Answer {
  switch (body) {
    case 'errors':
      return errorsAnswer(status, [message]);
    case 'message':
      return jsonAnswer({Message: message}, status);
    case 'text':
      return jsonAnswer(message, status);
    case 'html':
      return {
        status,
        headers: {'Content-Type': 'text/html'},
        body: [
          `<html><head><title>${message}</title></head><body>${message}</body></html>`,
        ],
      };
    case 'empty':
      return {status, headers: {}, body: undefined};
  }
}
