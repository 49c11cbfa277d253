import type {ChildProcess} from 'node:child_process';

const alive = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of alive) child.kill();
});

/** Lets a child end with this process, so that a bench cut short leaves nothing running. */
export function tied<Child extends ChildProcess>(child: Child): Child {
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}
