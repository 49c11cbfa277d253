import {ConfigError, type DestinationSyncMode} from 'airbyte-cdk-ts';

/** What the caller says of a stream's generations, and what the table holds. */
export interface GenerationFacts {
  readonly mode: DestinationSyncMode;
  readonly generationId: number | undefined;
  readonly minimumGenerationId: number | undefined;
  /** Generations of the stored rows; undefined for a table without rows. */
  readonly stored: {readonly min: number; readonly max: number} | undefined;
  /** Rows of an earlier attempt may still arrive in the table. Default: no. */
  readonly mayGainLateRows?: boolean | undefined;
}

/** What becomes of the stored rows, and the generation the new rows carry. */
export interface GenerationDecision {
  /** `replace`: the new rows take the place of all stored ones once they are complete. */
  readonly storedRows: 'keep' | 'replace';
  readonly generation: number;
  /**
   * With `replace`: whether rows that an interrupted attempt left in a successor are part
   * of this one. Without generations nobody can know, so they are not.
   */
  readonly resumes: boolean;
}

/** Of rows that came without a generation: never older than what a caller counts from. */
const FIRST_GENERATION = 1;

/**
 * Decides by the generation of the stored rows, not by the caller's numbers alone: some
 * callers send the same two numbers on every write, and a sync that is tried again must
 * not take away what its earlier attempt had finished.
 *
 * Rejects numbers that nobody sends on purpose with a `ConfigError`.
 */
export function decideGeneration(facts: GenerationFacts): GenerationDecision {
  const {generationId, minimumGenerationId = 0, mode} = facts;
  checkNumbers(generationId, minimumGenerationId);
  if (
    generationId === undefined ||
    (mode === 'overwrite' && minimumGenerationId === 0)
  ) {
    return withoutGenerations(facts);
  }

  const isReplaced = minimumGenerationId > 0 && isOver(facts, generationId);
  const storedRows = isReplaced ? 'replace' : 'keep';
  return {storedRows, generation: generationId, resumes: true};
}

/**
 * Whether the stored rows belong to an earlier generation. Newer ones come from a caller
 * who counts otherwise: they are kept, unless the user asked for nothing but the new rows.
 */
function isOver(facts: GenerationFacts, generationId: number): boolean {
  const {stored, mode, mayGainLateRows = false} = facts;
  // A table that is empty may yet get rows of the generation before.
  if (stored === undefined) return mayGainLateRows && generationId > FIRST_GENERATION;
  return mode === 'overwrite' ? stored.max !== generationId : stored.max < generationId;
}

/** A caller that counts no generations: each overwrite is a new one. */
function withoutGenerations(facts: GenerationFacts): GenerationDecision {
  const {stored, generationId} = facts;
  if (!isOverwritten(facts)) {
    const generation = generationId ?? stored?.max ?? FIRST_GENERATION;
    return {storedRows: 'keep', generation, resumes: false};
  }
  const generation = stored === undefined ? FIRST_GENERATION : stored.max + 1;
  return {storedRows: 'replace', generation, resumes: false};
}

/** An empty table, too, where rows of the attempt before may still arrive in it. */
function isOverwritten({
  mode,
  stored,
  mayGainLateRows = false,
}: GenerationFacts): boolean {
  return mode === 'overwrite' && (stored !== undefined || mayGainLateRows);
}

function checkNumbers(generationId: number | undefined, minimum: number): void {
  const isAllOrNothing = minimum === 0 || minimum === generationId;
  if (isAllOrNothing && isCount(generationId ?? 0)) return;
  throw new ConfigError(
    'The configured catalog asks for a part of the stored generations to be kept. ' +
      'Send minimum_generation_id as 0 or as generation_id.',
    {
      details: {
        generation_id: generationId ?? 'none',
        minimum_generation_id: minimum,
      },
    },
  );
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
