import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';

import {ROOT} from '../products/programs';

/** A place in the code as V8 tells of it. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

/** What a frame is called, and which part of the program it belongs to. */
export interface Frame {
  readonly label: string;
  readonly category: string;
}

/** The category of Node's own loader of modules. */
export const LOADING = 'loading of modules';

const GC = '(garbage collector)';
const PROGRAM = '(program)';
const MODULES = /^node:internal\/(modules|bootstrap|process\/execution)/;
const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Names a frame: our code by room, others by package, V8 and Node by what they do. */
export function frameOf({functionName, url, lineNumber}: CallFrame): Frame {
  const name = functionName === '' ? '(anonymous)' : functionName;
  const own = ownCategory(name, url);
  if (own !== undefined) return {label: `${name} ${url}`.trim(), category: own};
  const path = pathOf(url);
  const found = PACKAGE.exec(path);
  const category = found === null ? roomOf(path) : `package ${found[1] ?? ''}`;
  return {label: `${name} ${path}:${lineNumber + 1}`, category};
}

/** What is no file: the collector, native code, and Node's own modules. */
function ownCategory(name: string, url: string): string | undefined {
  if (name === GC) return 'garbage collection';
  if (name === PROGRAM) return 'native code';
  if (url === '') return 'functions of V8';
  if (url.startsWith('node:zlib')) return 'zlib';
  if (MODULES.test(url)) return LOADING;
  return url.startsWith('node:') ? 'Node' : undefined;
}

function pathOf(url: string): string {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return relative(ROOT, join(path));
}

/** `sources/pi/lib/values/x.js` lies in the room `sources/pi values`. */
function roomOf(path: string): string {
  const [folder = '', rest = ''] = path.split('/lib/');
  const room = rest.includes('/') ? rest.slice(0, rest.lastIndexOf('/')) : '';
  return `${folder} ${room}`.trim();
}
