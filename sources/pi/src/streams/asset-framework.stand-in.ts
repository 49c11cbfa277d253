import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import {decodeWebId, idOnlyWebId} from '../client/web-id';
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
  template?: string;
  severity?: string;
  notes?: readonly string[];
}

/** An element of the stand-in, below another one or at the top. */
export interface StandInElement {
  readonly id: string;
  path: string;
  parentId?: string | undefined;
  /** Where it stands too, by reference. */
  morePaths?: readonly string[];
}

interface SubAnswer {
  readonly Status: number;
  readonly Content: unknown;
}

/** One asset database in memory behind the routes that the streams use. */
export class AssetFrameworkStandIn {
  frames: StandInFrame[] = [];
  /** Templates of event frames: name and the name of the one it derives from. */
  templates: (readonly [name: string, base: string])[] = [];
  /** Called before each answer: what happens at the plant meanwhile. */
  beforeAnswer: (request: HttpRequest) => void = () => undefined;
  /** Status with which a path is refused, by a part of the path; undefined: not at all. */
  refuse: (path: string) => number | undefined = () => undefined;
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
  #elements: readonly StandInElement[] = [];

  get elements(): readonly StandInElement[] {
    return this.#elements;
  }

  /** Kept in the order in which they are listed. */
  set elements(elements: readonly StandInElement[]) {
    this.#elements = [...elements].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #answer(request: HttpRequest): HttpAnswer {
    this.beforeAnswer(request);
    if (request.path === 'batch')
      return jsonAnswer(this.#batch(request.body ?? '{}'), 207);
    const {Status, Content} = this.#get(new URL(`https://pi.test/${request.path}`));
    return jsonAnswer(Content, Status);
  }

  #batch(body: string): Record<string, SubAnswer> {
    const items = Object.entries(
      JSON.parse(body) as Record<string, {Resource: string}>,
    );
    return Object.fromEntries(
      items.map(([id, {Resource}]) => [
        id,
        this.#get(new URL(Resource.replace('/piwebapi', ''))),
      ]),
    );
  }

  #get({pathname, searchParams}: URL): SubAnswer {
    const status = this.refuse(pathname);
    if (status !== undefined) return {Status: status, Content: {Errors: ['Refused.']}};
    const content = this.#content(pathname.split('/').slice(1), searchParams);
    return content === undefined
      ? {Status: 404, Content: {Errors: ['Not found.']}}
      : {Status: 200, Content: content};
  }

  #content(parts: readonly string[], query: URLSearchParams): unknown {
    const [first, webId, last] = parts;
    if (first === 'elements') return this.#byPath(query.get('path'));
    if (first === 'streamsets') return this.#ofFrame(webId, valueItems);
    if (first === 'eventframes') {
      return this.#ofFrame(webId, last === 'annotations' ? annotationItems : frameItem);
    }
    if (last === 'elementtemplates') return this.#templateItems();
    if (last === 'elements') return this.#elementPage(query);
    return page(this.#wantedFrames(query), query, frameItem);
  }

  #byPath(path: string | null): unknown {
    const found = this.elements.find((element) => element.path === path);
    return found === undefined ? undefined : {Id: found.id};
  }

  #ofFrame(webId: string | undefined, item: (frame: StandInFrame) => unknown): unknown {
    const wanted = decodeWebId(webId ?? '')?.id;
    const found = this.frames.find(({id}) => id === wanted);
    return found === undefined ? undefined : item(found);
  }

  #templateItems(): unknown {
    const items = this.templates.map(([name, base]) => ({
      Name: name,
      InstanceType: 'EventFrame',
      BaseTemplate: base,
    }));
    return {Items: [{Name: 'Pump', InstanceType: 'Element'}, ...items], Links: {}};
  }

  #wantedFrames(query: URLSearchParams): StandInFrame[] {
    const fromMs = Date.parse(query.get('startTime') ?? '');
    const toMs = Date.parse(query.get('endTime') ?? '');
    const isStart = query.get('searchMode') === 'StartInclusive';
    const template = query.get('templateName');
    return this.frames
      .filter(
        ({startMs, endMs}) =>
          startMs <= toMs && (isStart ? startMs : (endMs ?? Infinity)) >= fromMs,
      )
      .filter((frame) => template === null || this.#derives(frame.template, template))
      .sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
  }

  #derives(name: string | undefined, wanted: string): boolean {
    if (name === undefined || name === '') return false;
    if (name.toUpperCase() === wanted.toUpperCase()) return true;
    return this.#derives(this.templates.find(([own]) => own === name)?.[1], wanted);
  }

  #elementPage(query: URLSearchParams): unknown {
    if (query.has('elementType')) return page([], query, () => undefined);
    const withPaths = query.get('associations') === 'Paths';
    return page(this.elements, query, (element) => ({
      ...elementItem(element),
      Paths: withPaths ? [element.path, ...(element.morePaths ?? [])] : null,
      Links:
        element.parentId === undefined || !this.withParentLinks
          ? {}
          : {Parent: elementLink(element.parentId)},
    }));
  }
}

/** IDOnly WebID of an event frame of the stand-in. */
export function frameWebId(id: string): string {
  return idOnlyWebId({kind: 'event frame', serverId: SERVER_ID, id});
}

function elementItem({id, path}: StandInElement): Record<string, unknown> {
  return {
    WebId: idOnlyWebId({kind: 'element', serverId: SERVER_ID, id}),
    Id: id,
    Name: path.split('\\').at(-1),
    Path: path,
    TemplateName: '',
  };
}

function elementLink(id: string): string {
  return `http://inside/piwebapi/elements/${idOnlyWebId({kind: 'element', serverId: SERVER_ID, id})}`;
}

function frameItem(frame: StandInFrame): unknown {
  const {id, startMs, endMs, template = '', severity = 'None', notes = []} = frame;
  return {
    WebId: frameWebId(id),
    Id: id,
    Name: `Frame ${id}`,
    TemplateName: template,
    Severity: severity,
    IsAnnotated: notes.length > 0,
    StartTime: fromEpochMs(startMs),
    EndTime: endMs === undefined ? NEVER : fromEpochMs(endMs),
  };
}

function valueItems({id}: StandInFrame): unknown {
  return {Items: [{Name: 'Of', Value: {Value: id, Good: true}}]};
}

function annotationItems({id, notes = []}: StandInFrame): unknown {
  const items = notes.map((note, index) => ({
    Id: `${id}-${index}`,
    Name: note,
    Value: {Text: note},
    Creator: 'PLANT\\operator',
    CreationDate: '2026-03-01T00:00:00Z',
    ModifyDate: '1970-01-01T00:00:00Z',
  }));
  return {Items: items, Links: {}};
}

function page<T>(
  items: readonly T[],
  query: URLSearchParams,
  show: (item: T) => unknown,
): unknown {
  const start = Number(query.get('startIndex') ?? 0);
  const count = Number(query.get('maxCount') ?? 1000);
  return {Items: items.slice(start, start + count).map(show), Links: {}};
}
