import {type WebIdType} from '../identity/web-id';
import {type Answer} from './answer';
import {type View} from './members';
import {type Query} from './query';
import {type Selection} from './selection';
import {type ValueBudget} from './value-budget';
import {type World} from './world';

/** Who asks. */
export interface Caller {
  readonly name: string;
  readonly isAdministrator: boolean;
  readonly scheme: 'Basic' | 'Bearer' | 'Anonymous';
}

/** A request that has found its route. */
export interface Call {
  readonly world: World;
  readonly caller: Caller;
  readonly query: Query;
  /** The parts of the path in braces, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly view: View;
  /** From `selectedFields`; undefined where the route has no such parameter. */
  readonly selection: Selection;
  /** Path and query as sent, without the host, for links to further pages. */
  readonly target: string;
  readonly body: string;
  /** Values this answer may hold before it breaks off with `WebException`. */
  readonly budget: ValueBudget;
  /** Runs a further request as the same caller: what a batch is made of. */
  readonly dispatch: (request: SubRequest) => Promise<Answer>;
}

/** A request inside a request. */
export interface SubRequest {
  readonly method: string;
  /** Path and query below the API's root. */
  readonly target: string;
  readonly body: string;
  /** The caller wants nothing that the server has only kept in mind. */
  readonly bypassesCache: boolean;
}

/** One operation of the contract. */
export interface Route {
  /** As the contract names it: `GET /points/{webId}`. */
  readonly operation: string;
  /** Every parameter of the query that the route honours. */
  readonly parameters: readonly string[];
  /** The contract's name of what a 200 holds. */
  readonly answers: string;
  handle(call: Call): Answer | Promise<Answer>;
}

export const WEB_ID_TYPES: readonly WebIdType[] = ['Full', 'IDOnly', 'PathOnly'];
