import {type WebIdType} from '../identity/web-id';
import {ApiError, notFound} from './api-error';
import {errorsAnswer, jsonAnswer, type Answer} from './answer';
import {Query} from './query';
import {WEB_ID_TYPES, type Call, type Caller, type Route} from './route';
import {parseSelection} from './selection';
import {type ValueBudget} from './value-budget';
import {brokenOff} from './web-exception';
import {type World} from './world';

/** A request for the API, already signed in. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query below the API's root, beginning with a slash. */
  readonly target: string;
  readonly body: string;
  readonly caller: Caller;
  /** `http://host:port/piwebapi`. */
  readonly base: string;
  /** Counts the values of the answer, and breaks it off. */
  readonly budget: ValueBudget;
  readonly dispatch: Call['dispatch'];
}

/** A route and what its braces stood for. */
interface Match {
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds the route of a request and runs it; every failure becomes an answer. */
export class Router {
  /** By method and number of segments; literal segments come first. */
  private readonly tables = new Map<string, readonly Template[]>();

  constructor(routes: readonly Route[]) {
    const templates = routes.map(template).sort((a, b) => a.braces - b.braces);
    for (const entry of templates) {
      const key = `${entry.method} ${entry.segments.length}`;
      this.tables.set(key, [...(this.tables.get(key) ?? []), entry]);
    }
  }

  async answer(request: ApiRequest, world: World): Promise<Answer> {
    try {
      return await this.run(request, world);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return errorsAnswer(error.status, error.errors);
    }
  }

  /** The operation a request belongs to, for counting; undefined for an unknown path. */
  operation(method: string, target: string): string | undefined {
    return this.match(method, pathOf(target))?.route.operation;
  }

  private async run(request: ApiRequest, world: World): Promise<Answer> {
    const path = pathOf(request.target);
    const match = this.match(request.method, path);
    if (match === undefined) return this.unmatched(path, request);
    const {route} = match;
    const search = request.target.slice(path.length + 1);
    const query = new Query(search, [
      ...route.parameters,
      'selectedFields',
      'webIdType',
    ]);
    const asked: WebIdType | undefined = query.word('webIdType', WEB_ID_TYPES);
    const webIdType = asked ?? world.settings.webIdType;
    const selection = parseSelection(query.text('selectedFields'));
    const answer = await route.handle({
      world,
      caller: request.caller,
      query,
      path: match.path,
      view: {base: request.base, webIdType, world},
      selection,
      target: request.target,
      body: request.body,
      budget: request.budget,
      dispatch: request.dispatch,
    });
    const {budget} = request;
    // Values count themselves; an answer without any is broken off as a whole.
    const isWhole = !budget.isLimited || budget.taken > 0;
    return isWhole ? answer : brokenOff(answer, budget, selection);
  }

  private unmatched(path: string, {method, target, base}: ApiRequest): Answer {
    const others = ['GET', 'POST'].filter((other) => other !== method);
    if (others.some((other) => this.match(other, path) !== undefined)) {
      const message = `The requested resource does not support http method '${method}'.`;
      return jsonAnswer({Message: message}, 405);
    }
    throw notFound(
      `No HTTP resource was found that matches '${base}${pathOf(target)}'.`,
    );
  }

  private match(method: string, path: string): Match | undefined {
    const segments = path.split('/').filter((segment) => segment !== '');
    for (const candidate of this.tables.get(`${method} ${segments.length}`) ?? []) {
      const found = fit(candidate, segments);
      if (found !== undefined) return {route: candidate.route, path: found};
    }
    return undefined;
  }
}

interface Template {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly string[];
  readonly braces: number;
}

function template(route: Route): Template {
  const [method = '', path = ''] = route.operation.split(' ');
  const segments = path.split('/').filter((segment) => segment !== '');
  const braces = segments.filter((segment) => segment.startsWith('{')).length;
  return {route, method, segments, braces};
}

function fit(
  {segments}: Template,
  given: readonly string[],
): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const text = given[index] ?? '';
    if (segment.startsWith('{')) found[segment.slice(1, -1)] = decodeSegment(text);
    else if (segment.toLowerCase() !== text.toLowerCase()) return undefined;
  }
  return found;
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function pathOf(target: string): string {
  const question = target.indexOf('?');
  return question < 0 ? target : target.slice(0, question);
}
