import {piTimestamp} from '../sync/pi-timestamp';
import {RecordedArchive} from './recorded-archive';
import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';

describe('RecordedArchive', () => {
  it('asks for each group of points by one GET inside the batch', async () => {
    const http = new ScriptedHttp(() =>
      jsonAnswer({g1: {Status: 200, Content: {}}}, 207),
    );
    const archive = new RecordedArchive(piHttpOver(http));

    const body = await archive.recorded([
      {
        id: 'g1',
        webIds: ['I1DPa', 'I1DPb'],
        start: piTimestamp('2026-03-02T06:00:00.1234567Z')!,
        end: piTimestamp('2026-03-02T07:00:00Z')!,
        maxCount: 500,
        boundaryType: 'Inside',
      },
    ]);

    expect(body.toString()).toBe('{"g1":{"Status":200,"Content":{}}}');
    const asked = JSON.parse(http.requests[0]?.body ?? '') as Record<
      string,
      {Method: string; Resource: string}
    >;
    const url = new URL(asked['g1']?.Resource ?? '');
    expect(asked['g1']?.Method).toBe('GET');
    expect(url.origin + url.pathname).toBe(
      'https://pi.test/piwebapi/streamsets/recorded',
    );
    expect(url.searchParams.getAll('webId')).toEqual(['I1DPa', 'I1DPb']);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      startTime: '2026-03-02T06:00:00.1234567Z',
      endTime: '2026-03-02T07:00:00.0000000Z',
      boundaryType: 'Inside',
      maxCount: '500',
      webIdType: 'IDOnly',
    });
  });

  it('borrows the bytes of an answer and gives them back', async () => {
    const http = new ScriptedHttp(() => jsonAnswer({}, 207));
    const archive = new RecordedArchive(piHttpOver(http));

    const body = await archive.recorded([]);
    expect(http.requests).toMatchObject([{path: 'batch', isLent: true}]);
    archive.release(body);

    expect(http.released).toEqual([body]);
  });

  it('keeps every member that may tell of a failure', async () => {
    const http = new ScriptedHttp(() =>
      jsonAnswer({g1: {Status: 200, Content: {}}}, 207),
    );

    await new RecordedArchive(piHttpOver(http)).recorded([
      {
        id: 'g1',
        webIds: ['I1DPa'],
        start: piTimestamp('2026-03-02T06:00:00Z')!,
        end: piTimestamp('2026-03-02T07:00:00Z')!,
        maxCount: 500,
        boundaryType: 'Outside',
      },
    ]);

    for (const member of ['WebException', 'Items.Errors', 'Items.Items.Errors']) {
      expect(decodeURIComponent(http.requests[0]?.body ?? '')).toContain(member);
    }
  });
});
