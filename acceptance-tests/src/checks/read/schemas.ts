import {recordSchema, type RecordSchema} from '../../reading/record-schema';
import {streamName, type ConfiguredStream} from '../../stage/catalog';
import type {Finding} from '../check';
import {Complaints} from '../complaints';
import type {ReadPlan, RecordJudge, TakenRecord} from './record-judge';

/** R3: each record fits its stream's schema; one finding for each broken rule. */
export class SchemaJudge implements RecordJudge {
  readonly #complaints = new Complaints();
  readonly #schemas = new Map<ConfiguredStream, RecordSchema | undefined>();

  constructor({catalog, test}: ReadPlan) {
    for (const stream of catalog.streams) {
      this.#schemas.set(stream, this.#compiled(stream, test.fail_on_extra_columns));
    }
  }

  take({stream, name, data, text}: TakenRecord): void {
    if (stream === undefined) {
      this.#complaints.add(name, () => `${name}: records of a stream nobody asked for`);
      return;
    }
    for (const {schemaPath, message} of this.#schemas.get(stream)?.(data, text) ?? []) {
      this.#complaints.add(`${name} ${schemaPath}`, () => `${name}: ${message}`);
    }
  }

  findings(): readonly Finding[] {
    return this.#complaints.findings;
  }

  #compiled({stream}: ConfiguredStream, isClosed: boolean): RecordSchema | undefined {
    try {
      return recordSchema(stream.json_schema, {isClosed});
    } catch (cause) {
      const name = streamName(stream);
      this.#complaints.add(
        `${name} schema`,
        () => `${name}: its schema is none: ${(cause as Error).message}`,
      );
      return undefined;
    }
  }
}

/** R4: each record has something that its schema declares. */
export class SharedPathJudge implements RecordJudge {
  readonly #complaints = new Complaints();

  take({stream, name, data}: TakenRecord): void {
    const {properties} = stream?.stream.json_schema ?? {};
    if (properties === undefined) return;
    if (!Object.keys(data).some((field) => field in properties)) {
      this.#complaints.add(
        name,
        () => `${name}: a record has none of the fields of its schema`,
      );
    }
  }

  findings(): readonly Finding[] {
    return this.#complaints.findings;
  }
}
