// What the Kerberos checks share: realm, gates, accounts, and what source-pi said in all of
// them.
const assert = require('node:assert/strict');
const {createHash} = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const {startGate} = require('./gate.cjs');
const {tools} = require('./programs.cjs');
const {startRealm} = require('./realm.cjs');

const PASSWORD = 'Pa ss"w0rd+ä%7';
const BASIC = {auth_type: 'basic', username: 'PLANT\\reader', password: 'basic-Pa55'};
const SERVICES = ['HTTP/localhost', 'HTTP/pi.plant.example'];

class Stand {
  #ground;
  #closing = [];
  /** All that source-pi printed and was started with, to be searched at the end. */
  printed = [];

  static async open(ground) {
    const stand = new Stand();
    stand.#ground = ground;
    stand.tools = tools(ground.work);
    try {
      stand.realm = await stand.startRealm('realm');
      stand.gate = await stand.startGate(stand.realm);
      stand.basicPlant = await ground.startPlant(
        ...['--username', BASIC.username, '--password', BASIC.password],
      );
    } catch (error) {
      await stand.close();
      throw error;
    }
    return stand;
  }

  async close() {
    for (const close of this.#closing.reverse()) await close();
  }

  /** A realm with `svc_airbyte`, both services, and a keytab of each side. */
  async startRealm(name, options = {}) {
    const folder = path.join(this.#ground.folder, name);
    const realm = await startRealm(this.tools, {folder, ...options});
    this.#closing.push(realm.stop);
    realm.admin('addprinc', '-pw', PASSWORD, 'svc_airbyte');
    for (const service of SERVICES) realm.admin('addprinc', '-randkey', service);
    realm.serviceKeytab = realm.keytabOf('service', ...SERVICES);
    realm.clientKeytab = realm.keytabOf('svc_airbyte', 'svc_airbyte');
    return realm;
  }

  async startGate(realm, {plant = this.#ground.simulator, clock} = {}) {
    const gate = await startGate(this.tools, {
      ...{plant, realm, clock},
      keytab: realm.serviceKeytab,
    });
    this.#closing.push(gate.stop);
    return gate;
  }

  /** Credentials of the form, by keytab unless told otherwise. */
  credentials(more = {}, realm = this.realm) {
    const {password, keytab_path} = more;
    const keytab =
      (password ?? keytab_path) ? {} : {keytab: base64(realm.clientKeytab)};
    return {
      auth_type: 'kerberos',
      principal: 'svc_airbyte@PLANT.EXAMPLE',
      kdcs: [realm.kdc],
      ...keytab,
      ...more,
    };
  }

  async run(args, {url, credentials, load, ...given}) {
    const config = this.#ground.configOf(url, credentials, load ? {load} : {});
    const ended = await this.#ground.sourcePi(args, {config, ...given});
    this.printed.push(ended.stdout, ended.stderr);
    return ended;
  }

  /** What `check` says. */
  async check(url, credentials, given = {}) {
    const ended = await this.run(['check'], {url, credentials, ...given});
    const {connectionStatus} =
      ended.messages.find(({type}) => type === 'CONNECTION_STATUS') ?? {};
    assert.ok(connectionStatus, `no status: ${ended.stdout}${ended.stderr}`);
    return connectionStatus;
  }

  async letsIn(url, credentials, given) {
    const {status, message} = await this.check(url, credentials, given);
    assert.equal(status, 'SUCCEEDED', message);
  }

  /** Reads streams as a sync does; `load` slows it down. */
  async read(url, credentials, {streams = ['timeseries'], ...more} = {}) {
    const catalog = await this.catalog(streams);
    return await this.run(['read'], {url, credentials, catalog, ...more});
  }

  /** What must come out: the same read with Basic, at a plant of the same seed. */
  truth() {
    this.expected ??= this.read(this.basicPlant, BASIC).then((ended) => {
      assert.equal(ended.exit, 0, ended.stdout.slice(-2000));
      return digest(ended);
    });
    return this.expected;
  }

  /** Full refreshes of these streams; they are the same behind every door. */
  async catalog(streams) {
    this.found ??= this.run(['discover'], {url: this.basicPlant, credentials: BASIC});
    const {catalog} = (await this.found).messages.find(({type}) => type === 'CATALOG');
    const chosen = catalog.streams.filter(({name}) => streams.includes(name));
    assert.equal(chosen.length, streams.length);
    return {
      streams: chosen.map((stream) => ({
        stream,
        sync_mode: 'full_refresh',
        destination_sync_mode: 'append',
        generation_id: 1,
        minimum_generation_id: 0,
        sync_id: 1,
      })),
    };
  }
}

/** Number and hash of the records, in an order of their own. */
function digest({messages}) {
  const records = messages
    .filter(({type}) => type === 'RECORD')
    .map(({record}) => JSON.stringify([record.stream, record.data]))
    .sort();
  const hash = createHash('sha256');
  for (const record of records) hash.update(`${record}\n`);
  return {records: records.length, sha256: hash.digest('hex')};
}

function base64(file) {
  return fs.readFileSync(file).toString('base64');
}

/** What we would leave behind if we left anything. */
function leftovers() {
  return [os.tmpdir(), '/dev/shm'].flatMap((folder) =>
    fs.readdirSync(folder).filter((name) => name.startsWith('source-pi-')),
  );
}

/** Accepts connections and never says anything; counts them. */
async function silentServer(port = 0) {
  const sockets = [];
  const server = net.createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
  });
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  return {
    address: `127.0.0.1:${server.address().port}`,
    connections: () => sockets.length,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

module.exports = {Stand, BASIC, PASSWORD, base64, digest, leftovers, silentServer};
