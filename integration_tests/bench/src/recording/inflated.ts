import {gunzipSync} from 'node:zlib';

import {RECORDED_ORIGIN} from './answer-key';
import {RecordingReader, RecordingWriter, recordedExchanges} from './recording';

/** Copies a recording into another folder, its answers as they were before gzip. */
export function inflatedCopy(recording: string, folder: string): void {
  const reader = new RecordingReader(recording);
  using writer = new RecordingWriter(folder);
  for (const exchange of recordedExchanges(recording)) {
    const {key, method, path, requestBody, status} = exchange;
    const stored = reader.body(exchange, RECORDED_ORIGIN);
    const {'content-encoding': encoding, ...others} = exchange.headers;
    const isZipped = encoding === 'gzip';
    const answer = {
      status,
      headers: isZipped ? others : exchange.headers,
      body: isZipped ? gunzipSync(stored) : stored,
    };
    writer.add({key, method, path, requestBody, ...answer}, RECORDED_ORIGIN);
  }
  reader.close();
}
