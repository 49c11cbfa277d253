import {loadSummary} from './load-summary';

describe('loadSummary', () => {
  it('reads the sentence of the destination', () => {
    const message =
      'Loaded 1500 rows in 3 files (0.2 MB): encoding took 1.5 s, ' +
      'uploading 0.2 s, loading into tables 12.0 s.';
    const log = {type: 'LOG', log: {level: 'INFO', message}};
    expect(loadSummary(`{}\n${JSON.stringify(log)}\n`)).toEqual({
      ...{rows: 1500, files: 3},
      ...{encodeSeconds: 1.5, uploadSeconds: 0.2, commitSeconds: 12},
    });
  });

  it('finds nothing where nothing was loaded', () => {
    expect(loadSummary('{"type":"LOG"}\n')).toBeUndefined();
  });
});
