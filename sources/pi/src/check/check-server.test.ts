import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import {describeServer} from './check-server';

describe('describeServer', () => {
  it('tells version and limit where the account may know them', async () => {
    const landing = {ProductTitle: 'PI Web API', ProductVersion: '1.13.0.6518'};

    await expect(
      described({system: landing, 'system/configuration': LIMITS}),
    ).resolves.toBe('PI Web API 1.13.0.6518, at most 150000 values an answer.');
  });

  it('is content with what it is told', async () => {
    await expect(described({})).resolves.toBe(
      'PI Web API of an unknown version, its limits are shown to administrators alone.',
    );
  });
});

const LIMITS = {MaxReturnedItemsPerCall: 150_000};

/** What is not in `answers` is forbidden. */
function described(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const http = new ScriptedHttp(({path}) =>
    path in answers ? jsonAnswer(answers[path]) : jsonAnswer({Errors: ['no']}, 403),
  );
  return describeServer(piHttpOver(http, {maxAttempts: 1}));
}
