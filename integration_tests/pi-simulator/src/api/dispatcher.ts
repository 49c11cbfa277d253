import {setTimeout as sleep} from 'node:timers/promises';

import {type FaultRule} from '../faults/fault-rule';
import {type Answer} from './answer';
import {type Backend} from './backend';
import {failure, rateLimitReached} from './fault-answer';
import {type RateLimit} from './rate-limit';
import {type Router} from './router';
import {type Caller, type SubRequest} from './route';
import {type Traffic} from './traffic';
import {ValueBudget} from './value-budget';
import {type World} from './world';

/** Who sends a request and from where the caller sees the API. */
export interface Origin {
  readonly caller: Caller;
  /** `http://host:port/piwebapi`. */
  readonly base: string;
  readonly isSubRequest: boolean;
  /** Address of the caller's machine. */
  readonly client: string;
}

/** What is to happen to an answer on the wire, in place of simply being sent. */
export interface WireFault {
  /** The connection is reset before any byte. */
  readonly reset?: boolean | undefined;
  /** The connection is cut after so many bytes of the body. */
  readonly truncateAfterBytes?: number | undefined;
  /** The body trickles: so many bytes at a time, so many milliseconds apart. */
  readonly trickleBytes?: number | undefined;
  readonly trickleMs?: number | undefined;
}

/** An answer and how it is sent. */
export interface Dispatched {
  readonly answer: Answer;
  readonly wire?: WireFault;
}

/** What requests are taken through. */
export interface DispatcherParts {
  readonly router: Router;
  readonly world: World;
  readonly traffic: Traffic;
  readonly backend: Backend;
  readonly rateLimit: RateLimit;
}

/** Takes a request through the faults to its route, for whole and for sub-requests. */
export class Dispatcher {
  constructor(private readonly parts: DispatcherParts) {}

  async dispatch(request: SubRequest, origin: Origin): Promise<Dispatched> {
    const {router, world, traffic} = this.parts;
    const {method, target} = request;
    const operation = router.operation(method, target) ?? 'unknown';
    traffic.routed(operation, origin.isSubRequest);
    if (this.isRefused(origin)) return {answer: rateLimitReached()};
    const faults = world.faults.forRequest(() => subject(request));
    const delayMs = faults.reduce((sum, fault) => sum + (fault.delayMs ?? 0), 0);
    if (delayMs > 0) await sleep(delayMs);
    const answer = await this.answer(request, origin, {faults, operation});
    const wire = wireFault(faults);
    return wire === undefined ? {answer} : {answer, wire};
  }

  /** Whole requests are counted at the door; those inside a batch only if it is so set. */
  private isRefused({isSubRequest, client}: Origin): boolean {
    const {world, rateLimit} = this.parts;
    const isCounted = isSubRequest && world.settings.rateLimitCountsSubRequests;
    return isCounted && !rateLimit.admits(client);
  }

  private answer(
    request: SubRequest,
    {caller, base, client}: Origin,
    {faults, operation}: {faults: readonly FaultRule[]; operation: string},
  ): Answer | Promise<Answer> {
    const failing = faults.find((fault) => fault.status !== undefined);
    if (failing !== undefined) return failure(failing);
    const {router, backend} = this.parts;
    const seenFrom = rebased(base, first(faults, 'linkHost'));
    const dispatch = async (sub: SubRequest): Promise<Answer> => {
      const origin = {caller, base: seenFrom, client, isSubRequest: true};
      return (await this.dispatch(sub, origin)).answer;
    };
    const budget = new ValueBudget(
      first(faults, 'webExceptionAfterValues') ?? Infinity,
    );
    const call = {...request, caller, base: seenFrom, dispatch, budget};
    const make = (): Promise<Answer> =>
      backend.run(operation, budget, () =>
        router.answer(call, this.worldUnder(faults)),
      );
    const {clock, memory, settings} = this.parts.world;
    if (!settings.staleMetadata) return make();
    const cached = {
      key: `${caller.name} ${seenFrom} ${request.target}`,
      ...{operation, now: clock.now(), isBypassed: request.bypassesCache},
    };
    return memory.metadata.answer(cached, make);
  }

  /** The world with a limit that a fault has lowered. */
  private worldUnder(faults: readonly FaultRule[]): World {
    const {world} = this.parts;
    const maxReturnedItems = first(faults, 'maxReturnedItems');
    if (maxReturnedItems === undefined) return world;
    return {...world, settings: {...world.settings, maxReturnedItems}};
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

function rebased(base: string, host: string | undefined): string {
  return host === undefined ? base : base.replace(/\/\/[^/]+/, `//${host}`);
}

function first<M extends keyof FaultRule>(
  faults: readonly FaultRule[],
  member: M,
): FaultRule[M] | undefined {
  return faults.find((fault) => fault[member] !== undefined)?.[member];
}

function wireFault(faults: readonly FaultRule[]): WireFault | undefined {
  return faults.find(
    ({reset, truncateAfterBytes, trickleBytes}) =>
      reset === true || truncateAfterBytes !== undefined || trickleBytes !== undefined,
  );
}
