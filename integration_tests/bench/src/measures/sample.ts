import type {Outcome} from '../process/run';

/** One run of one contestant. */
export interface Sample {
  readonly contestant: string;
  readonly round: number;
  /** Records read or rows committed; checked before the time counts. */
  readonly records: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** Longest STATE message, where a source ran. */
  readonly stateBytes?: number;
}

/** What a run used, whoever ran. */
export type Run = Omit<Sample, 'contestant' | 'round'>;

/** A contestant's run as the measures need it. */
export interface Contestant {
  readonly name: string;
  /** Resolves with what was used once the result is known to be right. */
  readonly run: (round: number) => Promise<Run>;
}

/** What one process used, for so many records. */
export function sampleOf(
  {wallSeconds, cpuSeconds, peakBytes}: Outcome,
  records: number,
): Run {
  return {records, wallSeconds, cpuSeconds, peakBytes};
}

/**
 * Runs the contestants one after the other in every round, each round beginning with
 * another one, so that neither drift of the machine nor the place in a round favours one.
 */
export async function interleaved(
  contestants: readonly Contestant[],
  rounds: number,
  say: (text: string) => void,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % contestants.length;
    for (const {name, run} of [
      ...contestants.slice(first),
      ...contestants.slice(0, first),
    ]) {
      const sample = {contestant: name, round, ...(await run(round))};
      samples.push(sample);
      say(described(sample, rounds));
    }
  }
  return samples;
}

function described(sample: Sample, rounds: number): string {
  const {contestant, round, wallSeconds, cpuSeconds, peakBytes} = sample;
  const used = `${wallSeconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} CPU s`;
  return `  ${round + 1}/${rounds} ${contestant}: ${used}, ${(peakBytes / 1e6).toFixed(0)} MB`;
}

/** A figure of a contestant's samples, in the order of rounds. */
export function figures(
  samples: readonly Sample[],
  contestant: string,
  figure: (sample: Sample) => number,
): readonly number[] {
  return samples
    .filter((sample) => sample.contestant === contestant)
    .sort((a, b) => a.round - b.round)
    .map(figure);
}

/** Records per second of clock time. */
export const perSecond = ({records, wallSeconds}: Sample): number =>
  records / wallSeconds;

/** Records per second of processor time, all threads together. */
export const perCpuSecond = ({records, cpuSeconds}: Sample): number =>
  records / cpuSeconds;

/** Megabytes of 10^6 bytes. */
export const peakMegabytes = ({peakBytes}: Sample): number => peakBytes / 1e6;
