import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');

const PLACES = {
  'source-pi': 'sources/pi/bin/source-pi',
  'destination-unity': 'destination-unity/bin/destination-unity',
  'pi-simulator': 'integration_tests/pi-simulator/bin/pi-simulator',
} as const;

export type Program = keyof typeof PLACES;

/** Path of a program of this repository, to be run by this very Node. */
export function executable(program: Program): string {
  return path.join(ROOT, PLACES[program]);
}
