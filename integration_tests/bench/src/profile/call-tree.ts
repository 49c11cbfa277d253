import {frameOf, type CallFrame, type Frame} from './frame';

/** A file that `node --cpu-prof` writes, as far as it is read. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: CallFrame;
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds from one sample to the next. */
  readonly timeDeltas: readonly number[];
}

/** A call with all that it called; calls of one frame from one place are one. */
export interface Call extends Frame {
  /** Microseconds spent in the frame itself. */
  readonly self: number;
  /** Microseconds with all that it called. */
  readonly total: number;
  readonly children: readonly Call[];
}

const IDLE = '(idle)';
const ROOT_FRAME = '(root)';

/** The calls of one thread under one root; time in which the thread waits is left out. */
export function callTree(thread: string, profile: CpuProfile): Call {
  const selfOf = selfTimes(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const callsOf = (ids: readonly number[]): readonly Call[] =>
    merged(
      ids.flatMap((id) => {
        const node = nodes.get(id);
        if (node === undefined || node.callFrame.functionName === IDLE) return [];
        const children = callsOf(node.children ?? []);
        return [call(frameOf(node.callFrame), selfOf.get(id) ?? 0, children)];
      }),
    );
  const root = profile.nodes.find(
    ({callFrame}) => callFrame.functionName === ROOT_FRAME,
  );
  return call({label: thread, category: 'thread'}, 0, callsOf(root?.children ?? []));
}

/** A call of this frame; its total is its own time and that of what it called. */
export function call(frame: Frame, self: number, children: readonly Call[]): Call {
  const total = children.reduce((sum, child) => sum + child.total, self);
  return {...frame, self, total, children};
}

function selfTimes({samples, timeDeltas}: CpuProfile): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const [position, id] of samples.entries()) {
    // A sample stands for the time until the next one.
    const micros = Math.max(0, timeDeltas[position + 1] ?? 0);
    times.set(id, (times.get(id) ?? 0) + micros);
  }
  return times;
}

/** V8 tells of a function compiled anew as another node: they are one here. */
function merged(calls: readonly Call[]): readonly Call[] {
  const byLabel = new Map<string, Call>();
  for (const one of calls) {
    const other = byLabel.get(one.label);
    byLabel.set(one.label, other === undefined ? one : joined(one, other));
  }
  return [...byLabel.values()].sort((a, b) => b.total - a.total);
}

function joined(one: Call, other: Call): Call {
  const children = merged([...one.children, ...other.children]);
  return call(one, one.self + other.self, children);
}
