import {type Ticks} from '../../time/ticks';
import {badRequest} from '../api-error';
import {nameFilter} from '../name-filter';
import {parseTime} from '../time-string';
import {type Operator, type SearchFilter} from './search-query';

/** What a search can look at in a subject. */
export type Field<T> =
  | {readonly kind: 'text'; of(subject: T): string | readonly string[]}
  | {readonly kind: 'number' | 'time'; of(subject: T): number | undefined};

/** The fields of a kind of subject: names in lower case. */
export type Fields<T> = Readonly<Record<string, Field<T>>>;

export type Test<T> = (subject: T) => boolean;

/** What filters look at and when. */
export interface Searched<T> {
  readonly fields: Fields<T>;
  readonly now: Ticks;
}

/**
 * The test that a filter stands for.
 *
 * @throws ApiError 400 for a field that is not known and a value that is none of its.
 */
export function testOf<T>(filter: SearchFilter, {fields, now}: Searched<T>): Test<T> {
  const field = Object.hasOwn(fields, filter.name) ? fields[filter.name] : undefined;
  if (field === undefined) {
    throw badRequest(`The search filter '${filter.name}' is not known.`);
  }
  if (field.kind === 'text') {
    const isWanted = textTest(filter);
    return (subject) => isWanted(field.of(subject));
  }
  const wanted =
    field.kind === 'time' ? parseTime(filter.value, now) : numberIn(filter.value);
  const compare = COMPARE[filter.operator];
  return (subject) => {
    const value = field.of(subject);
    return value !== undefined && compare(value, wanted);
  };
}

function textTest({
  operator,
  value,
}: SearchFilter): (own: string | readonly string[]) => boolean {
  const isNamed = nameFilter(value);
  const lower = value.toLowerCase();
  const one = (text: string): boolean =>
    operator === ':' || operator === ':='
      ? isNamed(text)
      : COMPARE[operator](text.toLowerCase(), lower);
  if (operator === ':<>') return (own) => ![own].flat().some(isNamed);
  return (own) => [own].flat().some(one);
}

function numberIn(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) {
    throw badRequest(`'${text}' is not a number.`);
  }
  return value;
}

const COMPARE: Readonly<
  Record<Operator, <V extends string | number>(own: V, wanted: V) => boolean>
> = {
  ':': (own, wanted) => own === wanted,
  ':=': (own, wanted) => own === wanted,
  ':<>': (own, wanted) => own !== wanted,
  ':<': (own, wanted) => own < wanted,
  ':<=': (own, wanted) => own <= wanted,
  ':>': (own, wanted) => own > wanted,
  ':>=': (own, wanted) => own >= wanted,
};

/** True and false as searches write them. */
export function flagText(flag: boolean): string {
  return flag ? 'True' : 'False';
}
