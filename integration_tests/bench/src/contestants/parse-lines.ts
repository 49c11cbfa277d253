/** `JSON.parse` of every line of standard input, and nothing else; says how many records. */
const LINE_FEED = 0x0a;

let records = 0;
let rest: Buffer = Buffer.alloc(0);

function take(chunk: Buffer): void {
  const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  let start = 0;
  for (;;) {
    const end = buffer.indexOf(LINE_FEED, start);
    if (end < 0) break;
    const message = JSON.parse(buffer.toString('utf8', start, end)) as {type: string};
    if (message.type === 'RECORD') records += 1;
    start = end + 1;
  }
  rest = buffer.subarray(start);
}

process.stdin.on('data', take);
process.stdin.on('end', () => process.stdout.write(JSON.stringify({records})));
