import type {FeedStep} from './feed';

/** What a client is given for one attempt. */
export interface ClientOrder {
  readonly config: Readonly<Record<string, unknown>>;
  readonly catalog: unknown;
  /** What the source says, in order. */
  readonly steps: Iterable<FeedStep>;
  /** Told of each line that comes out, as it comes. */
  readonly onLine: (line: string) => void;
  /** A folder for documents. */
  readonly folder: string;
  readonly seed: number;
}

/** A client at work. */
export interface RunningClient {
  /** True where it has said that all went well. */
  readonly ended: Promise<boolean>;
  /** Takes it away; nothing it says counts any more. */
  kill(): void;
}

/** Something that runs destination-unity for one attempt. */
export interface Client {
  start(order: ClientOrder): RunningClient;
}
