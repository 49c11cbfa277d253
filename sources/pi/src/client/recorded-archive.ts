import type {Archive, RecordedRequest} from './archive';
import type {PassingFailure} from './passing-failure';
import type {PiHttp} from './pi-http';
import {pathWithQuery} from './query';
import {PointTimes} from './traffic';

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
  readonly #times: PointTimes;

  /** @param times Told how long PI took for each point. */
  constructor(http: PiHttp, times: PointTimes = new PointTimes()) {
    this.#http = http;
    this.#times = times;
  }

  get maxCountLimit(): number {
    return this.#http.maxCountLimit;
  }

  get refusals(): number {
    return this.#http.refusals;
  }

  async recorded(
    requests: readonly RecordedRequest[],
    onTime?: (elapsedMs: number) => void,
  ): Promise<Buffer> {
    const body = batchBody(this.#http.baseUrl, requests);
    const asked = requests.flatMap(({webIds}) => webIds);
    const timed = (ms: number): void => {
      this.#times.add(asked, ms);
      onTime?.(ms);
    };
    return await this.#http.batch(body, {isLent: true, onTime: timed});
  }

  release(body: Buffer): void {
    this.#http.release(body);
  }

  async backoff(attempt: number, why: PassingFailure): Promise<void> {
    await this.#http.backoff(attempt, why);
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
