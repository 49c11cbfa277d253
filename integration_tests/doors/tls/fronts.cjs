// Web servers before the plant that speak TLS as well or as badly as they are told.
const {spawn} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');

/** Everything started here, so that one call ends it. */
class Fronts {
  #open = [];

  constructor(plant) {
    this.plant = new URL(plant);
  }

  /** Shows `certificate` (a path without its ending) and passes everything on, or `hangsUp`. */
  async secure(certificate, options = {}) {
    const {pem = `${certificate}.pem`, host = '127.0.0.1', hangsUp, ...more} = options;
    const shown = {
      cert: fs.readFileSync(pem),
      key: fs.readFileSync(`${certificate}.key`),
    };
    const server = https.createServer({...shown, ...more}, (request, response) =>
      hangsUp ? request.socket.destroy() : this.#passOn(request, response),
    );
    return this.#listen(server, host);
  }

  /** Passes on what `answer` leaves unanswered, by returning no `[status, headers, body]`. */
  async plain(answer = () => undefined) {
    const server = http.createServer((request, response) => {
      const own = answer(request);
      if (own === undefined) {
        this.#passOn(request, response);
        return;
      }
      const [status, headers = {}, body = ''] = own;
      response.writeHead(status, headers).end(body);
    });
    return this.#listen(server, '127.0.0.1');
  }

  /** Accepts, and does `act` to each connection. */
  async raw(act = () => undefined) {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      act(socket);
    });
    return this.#listen(server, '127.0.0.1');
  }

  /** OpenSSL's own server, which says by an alert what it has against a client. */
  async openssl(certificate, ...args) {
    const port = await freePort();
    const at = ['-accept', `127.0.0.1:${port}`, '-www', '-quiet'];
    const shown = ['-cert', `${certificate}.pem`, '-key', `${certificate}.key`];
    const child = spawn('openssl', ['s_server', ...at, ...shown, ...args], {
      stdio: 'ignore',
    });
    const exited = once(child, 'exit');
    this.#open.push(async () => {
      child.kill();
      await exited;
    });
    await accepts(port);
    return port;
  }

  async close() {
    await Promise.all(this.#open.map((stop) => stop()));
  }

  #passOn(request, response) {
    const {method, url, headers} = request;
    const {hostname: host, port} = this.plant;
    const onwards = http.request({host, port, method, path: url, headers}, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    request.pipe(onwards);
  }

  async #listen(server, host) {
    const sockets = new Set();
    server.on('connection', (socket) => {
      sockets.add(socket.once('close', () => sockets.delete(socket)));
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, host);
    await once(server, 'listening');
    this.#open.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    return server.address().port;
  }
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function accepts(port) {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = net.connect(port, '127.0.0.1');
    const opened = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (opened) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nobody listens on port ${port}.`);
}

module.exports = {accepts, Fronts, freePort};
