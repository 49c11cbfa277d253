// Servers of our own, in the place of PI Web API, a provider or a proxy: what real ones
// never answer on demand. Stand-ins, each by name.
const {spawn} = require('node:child_process');
const {once} = require('node:events');
const {createInterface} = require('node:readline');

const {Fronts} = require('../tls/fronts.cjs');

/** Listens once and accepts nobody: its queue is full before it says its port. */
const FULL_QUEUE = `
import socket, sys
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(0)
held = []
for _ in range(3):
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex(server.getsockname())
    held.append(client)
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`;

class Servers {
  #fronts;
  #open = [];

  constructor(plant) {
    this.#fronts = new Fronts(plant);
  }

  /** Answers by `[status, headers, body]`, and is the plant where there is no answer. */
  async answering(answer) {
    return `http://127.0.0.1:${await this.#fronts.plain(answer)}`;
  }

  /** Says the same bytes to whoever connects and speaks; `ends`: and closes then. */
  async saying(bytes, {ends = false} = {}) {
    const port = await this.#fronts.raw((socket) => {
      socket.once('data', () => (ends ? socket.end(bytes) : socket.write(bytes)));
    });
    return `http://127.0.0.1:${port}`;
  }

  /** Connections to it are never completed. */
  async full() {
    const child = spawn('python3', ['-c', FULL_QUEUE], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    this.#open.push(async () => {
      child.stdin.end();
      await exited;
    });
    const [port] = await once(createInterface({input: child.stdout}), 'line');
    return `http://127.0.0.1:${port}`;
  }

  async close() {
    await Promise.all(this.#open.map((stop) => stop()));
    await this.#fronts.close();
  }
}

/** A challenge of NTLM that knows nothing of its second version. */
function oldChallenge() {
  const message = Buffer.alloc(56);
  message.write('NTLMSSP\0', 'latin1');
  message.writeUInt32LE(2, 8);
  message.writeUInt32LE(56, 16);
  message.writeUInt32LE(0x0201, 20);
  message.write('12345678', 24, 'latin1');
  message.writeUInt32LE(56, 44);
  return message.toString('base64');
}

const notCompressed = () => Buffer.from('this was never compressed');
const json = (body) => [
  200,
  {'Content-Type': 'application/json'},
  JSON.stringify(body),
];
const asks = (scheme) => [401, {'WWW-Authenticate': scheme}];

module.exports = {Servers, asks, json, notCompressed, oldChallenge};
