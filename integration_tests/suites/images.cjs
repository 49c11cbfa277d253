// What a suite needs to run images that `npm run suite:images` has built.
const {spawnSync} = require('node:child_process');
const path = require('node:path');

const settings = path.join(__dirname, '..', 'images', 'env.sh');

/**
 * The environment in which `docker` runs the images, by name and with the digests of what
 * is there now.
 * @throws where one is not built: a suite that skipped it would look like one that passed.
 */
function imagesSurroundings(images) {
  if (images.length === 0) return {};
  const {status, stdout} = spawnSync('bash', ['-c', '. "$0" && env -0', settings], {
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`The settings of podman cannot be read: ${settings}.`);
  const all = Object.fromEntries(stdout.split('\0').map(pair));
  const needed = ['PATH', 'CONTAINERS_CONF', 'CONTAINERS_STORAGE_CONF', 'IMAGES_WORK'];
  const env = Object.fromEntries(needed.map((name) => [name, all[name]]));
  for (const image of images) printImage(image, {...process.env, ...env});
  return env;
}

function pair(text) {
  const place = text.indexOf('=');
  return [text.slice(0, place), text.slice(place + 1)];
}

function printImage(image, env) {
  const inspect = ['image', 'inspect', '--format', '{{.Id}}', image];
  const {status, stdout} = spawnSync('docker', inspect, {encoding: 'utf8', env});
  if (status !== 0) {
    throw new Error(`The image ${image} is not there. Build it: npm run suite:images.`);
  }
  process.stdout.write(`  ${image}  ${stdout.trim().slice(0, 12)}\n`);
}

module.exports = {imagesSurroundings};
