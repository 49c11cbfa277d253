import type {Generations, Positions} from './feed';
import type {Story, StorySync} from './story';

interface StreamState {
  readonly stream: {
    readonly stream_descriptor: {readonly name: string; readonly namespace?: string};
    readonly stream_state: {readonly position: number};
  };
}

/** A state that has come back. */
export interface Acknowledged {
  /** Number of the stream. */
  readonly stream: number;
  readonly position: number;
}

/** What a platform keeps of a connection: generations, and states as they come back. */
export class Platform {
  #generations: number[];
  #positions: number[];
  #sync: StorySync | undefined;

  constructor(private readonly story: Story) {
    this.#generations = story.streams.map(() => 0);
    this.#positions = story.streams.map(() => 0);
  }

  /** Where the source of the next attempt goes on. */
  get positions(): Positions {
    return [...this.#positions];
  }

  /** What the next attempt is told of generations, by stream. */
  get generations(): readonly (Generations | undefined)[] {
    return this.story.streams.map(({kind}, number) => {
      if (kind === 'overwrite_uncounted') return undefined;
      const generationId = this.#generations[number] ?? 0;
      const isRefresh = this.#sync?.parts[number]?.isRefresh === true;
      return {generationId, minimumGenerationId: isRefresh ? generationId : 0};
    });
  }

  startSync(sync: StorySync): void {
    const isFirst = this.#sync === undefined;
    this.#sync = sync;
    this.#positions = this.#positions.map(() => 0);
    this.#generations = this.#generations.map((generation, number) =>
      isFirst || sync.parts[number]?.isRefresh === true ? generation + 1 : generation,
    );
  }

  /** Another attempt: a source that cannot go on begins anew, in a new generation. */
  tryAgain(): void {
    this.story.streams.forEach(({kind}, number) => {
      if (kind !== 'overwrite_whole' && kind !== 'overwrite_uncounted') return;
      this.#positions[number] = 0;
      this.#generations[number] = (this.#generations[number] ?? 0) + 1;
    });
  }

  /** Keeps a state and tells what it says. */
  keep(state: unknown): Acknowledged {
    const {stream_descriptor: descriptor, stream_state} = (state as StreamState).stream;
    const stream = this.story.streams.findIndex(
      ({name, namespace}) =>
        name === descriptor.name && namespace === descriptor.namespace,
    );
    this.#positions[stream] = stream_state.position;
    return {stream, position: stream_state.position};
  }
}
