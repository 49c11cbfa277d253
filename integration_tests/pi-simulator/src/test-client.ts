import {startSimulator, type Simulator, type SimulatorOptions} from './simulator';

/**
 * An object of an answer, as tests look into it: with every member that some object
 * has. A test knows which ones its object must have, and fails where one is missing.
 */
export interface Answered {
  readonly Links: AnsweredLinks;
  readonly Items: AnsweredList;
  readonly Errors: readonly string[];
  readonly WebException: {readonly StatusCode: number};
  readonly WebId: string;
  readonly Id: string;
  readonly Name: string;
  readonly Path: string;
  readonly Timestamp: string;
  /** Seen as a state; tests that expect a number or a text say so. */
  readonly Value: State;
  readonly Good: boolean;
  readonly Questionable: boolean;
  readonly Substituted: boolean;
  readonly Annotated: boolean;
  readonly UnitsAbbreviation: string;
  readonly PointType: string;
  readonly EngineeringUnits: string;
  readonly DigitalSetName: string;
  readonly Future: boolean;
  readonly Step: boolean;
  readonly HasChildren: boolean;
  readonly CategoryNames: readonly string[];
  readonly TemplateName: string;
  readonly InstanceType: string;
  readonly StartTime: string;
  readonly EndTime: string;
  readonly Severity: string;
  readonly IsAcknowledged: boolean;
  readonly AcknowledgedBy: string;
  readonly AcknowledgedDate: string;
  readonly AreValuesCaptured: boolean;
  readonly RefElementWebIds: readonly string[];
  readonly Object: Answered;
  readonly Exception: {readonly Errors: readonly string[]};
}

/** At least as long as the test goes on to look. */
export type AnsweredList = readonly [
  ...[Answered, Answered, Answered, Answered, Answered],
  ...Answered[],
];

/** The links that tests follow. */
export interface AnsweredLinks {
  readonly Attributes: string;
  readonly AttributeTemplates: string;
  readonly BaseTemplates: string;
  readonly Data: string;
  readonly Databases: string;
  readonly DataServer: string;
  readonly Elements: string;
  readonly EnumerationSets: string;
  readonly EnumerationValues: string;
  readonly EventFrames: string;
  readonly Next: string | undefined;
  readonly Parent: string;
  readonly Point: string;
  readonly Points: string;
  readonly Previous: string;
  readonly PrimaryReferencedElement: string;
  readonly RecordedData: string;
  readonly ReferencedElements: string;
  readonly Self: string;
  readonly Source: string;
  readonly Template: string;
  readonly AttributeCategories: string;
  readonly ElementCategories: string;
  readonly ElementTemplates: string;
  readonly TableCategories: string;
  readonly Tables: string;
  readonly Value: string;
  readonly Values: string;
}

/** A value that is a state. */
export interface State {
  readonly Name: string;
  readonly Value: number;
  readonly IsSystem: boolean;
}

/** An answer as a test sees it. */
export interface Reply<Body = Answered> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The answer to one request of a batch. */
export interface SubReply {
  readonly Status: number;
  readonly Headers: Readonly<Record<string, string>>;
  readonly Content: Answered & {
    readonly Total: number;
    readonly Items: readonly [Answered & SubReply, ...(Answered & SubReply)[]];
  };
}

/** Talks to a simulator over HTTP, signed in as its reader. */
export class TestClient {
  constructor(readonly simulator: Simulator) {}

  /** `path` begins with a slash below the API's root, or is an absolute URL. */
  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send('GET', path, {headers});
  }

  /** The first item of a list; the test fails where the list is empty. */
  async first(path: string): Promise<Answered> {
    const {body} = await this.get(path);
    return only(body.Items);
  }

  /** The answers of a batch by the ids of its requests. */
  batch<Id extends string>(
    requests: Record<Id, object>,
  ): Promise<Reply<Record<Id, SubReply>>> {
    return this.post('/batch', requests);
  }

  post<Body = Answered>(path: string, body: unknown): Promise<Reply<Body>> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.send('POST', path, {headers: {'X-Requested-With': 'test'}, body: text});
  }

  async send<Body = Answered>(
    method: string,
    path: string,
    init: RequestInit,
  ): Promise<Reply<Body>> {
    const {url, username, password} = this.simulator;
    const credentials = Buffer.from(`${username}:${password}`).toString('base64');
    const response = await fetch(path.startsWith('http') ? path : url + path, {
      ...init,
      method,
      headers: {Authorization: `Basic ${credentials}`, ...(init.headers as object)},
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const body = (isJson ? JSON.parse(text) : text) as Body;
    return {status: response.status, headers: response.headers, body};
  }

  /** The points of all data servers, WebIDs as IDOnly. */
  async points(filter = '*'): Promise<AnsweredList> {
    const query = `webIdType=IDOnly&nameFilter=${encodeURIComponent(filter)}`;
    const {body} = await this.get('/dataservers?webIdType=IDOnly');
    const lists = await Promise.all(
      body.Items.map(({WebId}) => this.get(`/dataservers/${WebId}/points?${query}`)),
    );
    return lists.flatMap((list) => list.body.Items) as unknown as AnsweredList;
  }

  /** The first point that a filter finds. */
  async point(filter: string): Promise<Answered> {
    return only(await this.points(filter));
  }
}

/** The first of a list that must not be empty. */
function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) throw new RangeError('The list is empty.');
  return first;
}

/** The item of a name, which must be there. */
export function named(list: readonly Answered[], name: string): Answered {
  return only(list.filter((item) => item.Name === name));
}

const NOW = '2026-03-02T06:00:00Z';

/** Runs `use` against a simulator of its own, two days of history by default. */
export async function withSimulator<T>(
  options: SimulatorOptions,
  use: (client: TestClient) => T | Promise<T>,
): Promise<T> {
  const simulator = await startSimulator({now: NOW, historyDays: 2, ...options});
  try {
    return await use(new TestClient(simulator));
  } finally {
    await simulator.close();
  }
}
