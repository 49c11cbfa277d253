import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {PassThrough, Readable} from 'node:stream';

import fc from 'fast-check';

import {keepState} from './keep-state';
import {KeptStates} from './kept-states';

describe('keepState', () => {
  it('keeps the last state of every stream, those of earlier syncs included', async () => {
    const file = stateFile(
      '[{"type":"STREAM","stream":{"stream_descriptor":{"name":"b"}}}]',
    );

    await keep(file, [state('a', 1), state('a', 2)]);

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([
      {type: 'STREAM', stream: {stream_descriptor: {name: 'b'}}},
      {type: 'STREAM', stream: {stream_descriptor: {name: 'a'}, stream_state: {at: 2}}},
    ]);
  });

  it('passes everything else on, broken lines included', async () => {
    const file = stateFile('[]');
    const others = [
      '{"type":"LOG","log":{"level":"INFO","message":"\\"STATE\\""}}',
      '{"type":"STATE"',
    ];

    expect(await keep(file, [...others, state('a', 1)])).toBe(`${others.join('\n')}\n`);
  });

  it('leaves a file alone that holds something else', async () => {
    const file = stateFile('no states');

    await expect(keep(file, [state('a', 1)])).rejects.toThrow('is not JSON');
    expect(readFileSync(file, 'utf8')).toBe('no states');
  });
});

describe('KeptStates', () => {
  it('is the same whether states come in one sync or in several', () => {
    const descriptor = fc.record({
      name: fc.constantFrom('a', 'b'),
      namespace: fc.constantFrom('x', 'y'),
    });
    const stream = fc.record({
      stream_descriptor: descriptor,
      stream_state: fc.record({at: fc.nat()}),
    });
    const message = fc.oneof(
      {weight: 5, arbitrary: stream.map((of) => ({type: 'STREAM', stream: of}))},
      {weight: 1, arbitrary: fc.nat().map((at) => ({type: 'GLOBAL', global: {at}}))},
    );
    fc.assert(
      fc.property(fc.array(message), fc.nat(20), (states, cut) => {
        const once = new KeptStates();
        states.forEach((one) => once.take(one));
        const before = new KeptStates();
        states.slice(0, cut).forEach((one) => before.take(one));
        const after = new KeptStates(before.document());
        states.slice(cut).forEach((one) => after.take(one));

        expect(after.document()).toEqual(once.document());
      }),
    );
  });
});

function stateFile(content: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'keep-state-')), 'state.json');
  writeFileSync(file, content);
  return file;
}

function state(name: string, at: number): string {
  const stream = {stream_descriptor: {name}, stream_state: {at}};
  return JSON.stringify({type: 'STATE', state: {type: 'STREAM', stream}});
}

async function keep(file: string, lines: readonly string[]): Promise<string> {
  const output = new PassThrough();
  const input = Readable.from(lines.map((line) => `${line}\n`));
  await keepState({input, output, file});
  return String(output.read() ?? '');
}
