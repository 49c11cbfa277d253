import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import type {HttpAnswer} from '../transport/http';
import {checkBatch} from './check-batch';

describe('checkBatch', () => {
  it('passes where a batch is answered', async () => {
    await expect(check(jsonAnswer({ask: {Status: 200}}, 207))).resolves.toBeUndefined();
  });

  it.each([400, 403, 404, 405])('says that POST is refused on a %d', async (status) => {
    await expect(check(jsonAnswer({Message: 'x'}, status))).rejects.toThrow(
      'batch requests (POST /batch) are refused',
    );
  });

  it('says when the request inside is refused', async () => {
    await expect(check(jsonAnswer({ask: {Status: 404}}, 207))).rejects.toMatchObject({
      failureType: 'config_error',
      details: {sub_status: '404'},
    });
  });

  it('does not blame the settings for an overload', async () => {
    await expect(check(jsonAnswer({}, 503))).rejects.toMatchObject({
      failureType: 'transient_error',
    });
  });
});

function check(answer: HttpAnswer): Promise<void> {
  return checkBatch(piHttpOver(new ScriptedHttp(() => answer), {maxAttempts: 1}));
}
