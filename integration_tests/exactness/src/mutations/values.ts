import {edit, type Mutation} from './mutation';

/** Breaks in what a value becomes, and whose it is. */
export const VALUE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'answers matched by position',
    says: 'The n-th stream of an answer is taken for the n-th point asked for (S-5).',
    edits: [
      edit(
        'values/plain-value-reader',
        'const stream = byWebId.get(point.webId);',
        'const stream = (Items as readonly RawStream[])[spans.findIndex((one) => one.point === point)];',
      ),
    ],
  },
  {
    name: 'good unless questionable',
    says: 'PI’s own Good is ignored, and bad values are called good (F-4, S-8).',
    edits: [
      edit(
        'values/value-text',
        '27 * flagOf(event.Good) +',
        '27 * (event.Questionable === true ? 1 : 2) +',
      ),
    ],
  },
  {
    name: 'substituted and annotated forgotten',
    says: 'Values edited by hand cannot be told apart (S-8).',
    edits: [edit('values/value-text', '3 * flagOf(event.Substituted) +', '')],
  },
  {
    name: 'digital states become nothing',
    says: 'A state is no number, so its value is null (L-6, S-7).',
    edits: [
      edit(
        'values/value-text',
        'return isState(value) ? stateMembers(value) : nothing(pointType);',
        'return nothing(pointType);',
      ),
    ],
  },
  {
    name: 'system states become digital',
    says: 'Pt Created and Bad Input are taken for states of the point (demand 5).',
    edits: [
      edit(
        'values/value-text',
        "IsSystem === true ? 'system_state' : 'digital'",
        "'digital'",
      ),
    ],
  },
  {
    name: 'NaN becomes nothing',
    says: 'Numbers that JSON cannot write vanish (demands 6 and 27).',
    edits: [
      edit(
        'values/value-text',
        'if (NUMBER_TYPES.has(pointType) && NOT_FINITE.has(value)) {',
        'if (NUMBER_TYPES.has(pointType) && NOT_FINITE.has(value)) return nothing(pointType);\n  if (false as boolean) {',
      ),
    ],
  },
  {
    name: 'units dropped',
    says: 'Values come without their engineering units (F-5).',
    edits: [
      edit('values/value-text', "units === undefined || units === ''", "units !== ''"),
    ],
  },
];
