import type {Archive, RecordedRequest} from './archive';
import type {PiHttp} from './pi-http';
import {pathWithQuery} from './query';

/** All that a record is made of, and every place where PI may tell of a failure. */
const SELECTED_FIELDS = [
  'Items.WebId',
  'Items.Items.Timestamp',
  'Items.Items.Value',
  'Items.Items.Good',
  'Items.Items.Questionable',
  'Items.Items.Substituted',
  'Items.Items.Annotated',
  'Items.Items.UnitsAbbreviation',
  'Items.Items.Errors',
  'Items.Errors',
  'Items.WebException',
  'WebException',
].join(';');

/** Recorded values by `POST /batch` of `GET streamsets/recorded`. */
export class RecordedArchive implements Archive {
  readonly #http: PiHttp;

  constructor(http: PiHttp) {
    this.#http = http;
  }

  get maxCountLimit(): number {
    return this.#http.maxCountLimit;
  }

  async recorded(requests: readonly RecordedRequest[]): Promise<Buffer> {
    return await this.#http.batch(batchBody(this.#http.baseUrl, requests));
  }

  async backoff(attempt: number, retryAfterMs?: number): Promise<void> {
    await this.#http.backoff(attempt, retryAfterMs);
  }
}

/** The id-keyed object that PI Web API takes; every URL is absolute. */
function batchBody(baseUrl: string, requests: readonly RecordedRequest[]): string {
  const entries = requests.map(({id, ...request}) => [
    id,
    {Method: 'GET', Resource: `${baseUrl}/${recordedPath(request)}`},
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

function recordedPath(request: Omit<RecordedRequest, 'id'>): string {
  return pathWithQuery(['streamsets', 'recorded'], {
    webId: request.webIds,
    startTime: request.start,
    endTime: request.end,
    boundaryType: request.boundaryType,
    maxCount: request.maxCount,
    webIdType: 'IDOnly',
    selectedFields: SELECTED_FIELDS,
  });
}
