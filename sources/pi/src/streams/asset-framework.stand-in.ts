import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import {idOnlyWebId} from '../client/web-id';
import {fromEpochMs} from '../sync/pi-timestamp';
import type {HttpAnswer, HttpRequest} from '../transport/http';

const SERVER_ID = '0e5b9c31-8f24-4d17-b3a6-6c2d7e10f9a8';
const DATABASE_ID = '4161e7c2-c6c1-4268-a13e-33ca15c4480f';
const NEVER = '9999-12-31T23:59:59.9999999Z';

/** An event frame of the stand-in; times in epoch milliseconds, open without an end. */
export interface StandInFrame {
  readonly id: string;
  startMs: number;
  endMs: number | undefined;
}

/** An element of the stand-in, below another one or at the top. */
export interface StandInElement {
  readonly id: string;
  readonly path: string;
  readonly parentId?: string;
}

/** One asset database in memory behind the routes that the streams use. */
export class AssetFrameworkStandIn {
  frames: StandInFrame[] = [];
  elements: StandInElement[] = [];
  /** Called before each answer: what happens at the plant meanwhile. */
  beforeAnswer: (request: HttpRequest) => void = () => undefined;
  /** Some servers leave `Links.Parent` out. */
  withParentLinks = true;
  readonly http = new ScriptedHttp((request) => this.#answer(request));
  readonly pi = piHttpOver(this.http);
  readonly database = {
    id: DATABASE_ID,
    webId: idOnlyWebId({kind: 'database', serverId: SERVER_ID, id: DATABASE_ID}),
    name: 'Plant',
    server: {id: SERVER_ID, webId: 'I1RS', name: 'AFSRV', connected: true},
  };

  #answer(request: HttpRequest): HttpAnswer {
    this.beforeAnswer(request);
    if (request.path === 'batch')
      return jsonAnswer(this.#batch(request.body ?? '{}'), 207);
    return jsonAnswer(this.#get(new URL(`https://pi.test/${request.path}`)));
  }

  #batch(body: string): Record<string, unknown> {
    const items = Object.entries(
      JSON.parse(body) as Record<string, {Resource: string}>,
    );
    return Object.fromEntries(
      items.map(([id, {Resource}]) => {
        const content = this.#get(new URL(Resource.replace('/piwebapi', '')));
        return content === undefined
          ? [id, {Status: 404, Content: {Errors: ['Not found.']}}]
          : [id, {Status: 200, Content: content}];
      }),
    );
  }

  #get({pathname, searchParams}: URL): unknown {
    const parts = pathname.split('/').slice(1);
    if (parts[0] === 'elements') return this.#byPath(searchParams.get('path'));
    if (parts[0] === 'eventframes') return this.#frame(parts[1]);
    if (parts[0] === 'streamsets') return this.#values(parts[1]);
    if (parts[2] === 'elements')
      return page(this.#elementItems(searchParams), searchParams);
    return page(this.#frameItems(searchParams), searchParams);
  }

  #byPath(path: string | null): unknown {
    const found = this.elements.find((element) => element.path === path);
    return found === undefined ? undefined : {Id: found.id};
  }

  #frame(webId: string | undefined): unknown {
    const found = this.frames.find(({id}) => frameWebId(id) === webId);
    return found === undefined ? undefined : frameItem(found);
  }

  #values(webId: string | undefined): unknown {
    const found = this.frames.find(({id}) => frameWebId(id) === webId);
    if (found === undefined) return undefined;
    return {Items: [{Name: 'Of', Value: {Value: found.id, Good: true}}]};
  }

  #frameItems(query: URLSearchParams): unknown[] {
    const fromMs = Date.parse(query.get('startTime') ?? '');
    const toMs = Date.parse(query.get('endTime') ?? '');
    const isStart = query.get('searchMode') === 'StartInclusive';
    return this.frames
      .filter(
        ({startMs, endMs}) =>
          startMs <= toMs && (isStart ? startMs : (endMs ?? Infinity)) >= fromMs,
      )
      .sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1))
      .map(frameItem);
  }

  #elementItems(query: URLSearchParams): unknown[] {
    if (query.has('elementType')) return [];
    return [...this.elements]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({id, path, parentId}) => ({
        WebId: idOnlyWebId({kind: 'element', serverId: SERVER_ID, id}),
        Id: id,
        Name: path.split('\\').at(-1),
        Path: path,
        TemplateName: '',
        Links:
          parentId === undefined || !this.withParentLinks
            ? {}
            : {Parent: elementLink(parentId)},
      }));
  }
}

/** IDOnly WebID of an event frame of the stand-in. */
function frameWebId(id: string): string {
  return idOnlyWebId({kind: 'event frame', serverId: SERVER_ID, id});
}

function elementLink(id: string): string {
  return `http://inside/piwebapi/elements/${idOnlyWebId({kind: 'element', serverId: SERVER_ID, id})}`;
}

function frameItem({id, startMs, endMs}: StandInFrame): unknown {
  return {
    WebId: frameWebId(id),
    Id: id,
    Name: `Frame ${id}`,
    StartTime: fromEpochMs(startMs),
    EndTime: endMs === undefined ? NEVER : fromEpochMs(endMs),
  };
}

function page(items: readonly unknown[], query: URLSearchParams): unknown {
  const start = Number(query.get('startIndex') ?? 0);
  const count = Number(query.get('maxCount') ?? 1000);
  return {Items: items.slice(start, start + count), Links: {}};
}
