import type {BasicReadTest} from '../../config/airbyte-config';
import type {Message, Outcome} from '../../run/outcome';
import type {ConfiguredCatalog, ConfiguredStream} from '../../stage/catalog';
import type {Finding} from '../check';

/** A RECORD message on its way past the judges. */
export interface TakenRecord {
  /** What was asked for; undefined where the stream was not asked for. */
  readonly stream: ConfiguredStream | undefined;
  /** The stream's name as findings print it. */
  readonly name: string;
  readonly data: Message;
  readonly text: string;
}

/** Looks at each record of a read once; all judges share one pass over the lines. */
export interface RecordJudge {
  take(record: TakenRecord): void;
  /** Asked once, when all records have passed. */
  findings(outcome: Outcome): Promise<readonly Finding[]> | readonly Finding[];
}

/** What the judges of a read know of it beforehand. */
export interface ReadPlan {
  readonly test: BasicReadTest;
  readonly catalog: ConfiguredCatalog;
  /** The records that the plan expects; undefined where it expects none. */
  readonly expected: string | undefined;
}

/** The fields of a stream that the plan leaves out of comparisons. */
export function ignoredFields(
  {ignored_fields: ignored}: Pick<BasicReadTest, 'ignored_fields'>,
  stream: string,
): ReadonlySet<string> {
  return new Set((ignored[stream] ?? []).map(({name}) => name));
}
