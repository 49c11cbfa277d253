import type {Outcome} from './outcome';

export type CommandName = 'spec' | 'check' | 'discover' | 'read' | 'write';

/** A document handed to the connector; text goes as it is, anything else as JSON. */
export interface DocumentFile {
  /** File name, `config.json` and so on unless told. */
  readonly name?: string;
  readonly content: unknown;
}

/** One run of a connector. */
export interface Command {
  readonly command: CommandName | (string & {});
  readonly config?: DocumentFile;
  readonly catalog?: DocumentFile;
  readonly state?: DocumentFile;
  /** Further arguments, `--debug` and the like. */
  readonly flags?: readonly string[];
  /** Documents are named relatively to the working folder. */
  readonly isRelative?: boolean;
  /** Standard input, piece by piece; none: it is closed at once. */
  readonly stdin?: Iterable<string> | AsyncIterable<string>;
  /** More time than the runner gives otherwise. */
  readonly timeoutSeconds?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** What the reader of its output does. */
  readonly reader?: ReaderBehaviour;
}

/** A reader that is not as patient as a file. */
export interface ReaderBehaviour {
  /** Kill the connector with SIGKILL after so many bytes of output. */
  readonly killAfterBytes?: number;
  /** Read nothing for a while after so many bytes. */
  readonly pause?: {readonly afterBytes: number; readonly seconds: number};
  /** Close the pipe after so many bytes. */
  readonly closeAfterBytes?: number;
  /** And kill the connector where it has not ended so long afterwards. */
  readonly killSecondsAfterClose?: number;
  /** Kill the connector with SIGKILL when this says so. */
  readonly kill?: AbortSignal;
  /** Told of the output as it comes. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** Something that can be asked for a command: an executable or an image. */
export interface Runner {
  /** What is judged, for the report. */
  readonly name: string;
  /** Labels and environment of an image; an executable has none. */
  readonly image?: () => Promise<ImageFacts>;
  /** Runs to the end, or to the time-out, which ends it and shows in the outcome. */
  run(command: Command): Promise<Outcome>;
}

export interface ImageFacts {
  readonly labels: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly user: string;
}
