import type {Json, JsonObject} from 'airbyte-cdk-ts';

import type {BatchResult} from '../client/batch-get';
import type {FrameAnnotations, FrameValues} from '../client/event-frame-values';
import {instantOrAbsent} from './absent';

type Attribute = FrameValues['Items'][number];
type Value = Attribute['Value'];
type Annotation = FrameAnnotations['Items'][number];

const ERROR_CHARS = 500;

/** The fields of a record that tell the attribute values, or why there are none. */
export function attributeFields(values: BatchResult<FrameValues>): JsonObject {
  if (!values.ok) return {attributes_error: refusalText(values)};
  const {Items} = values.content;
  const entries = Items.map((one) => [nameOf(one), attributeValue(one.Value)] as const);
  const errors = Items.flatMap((one) => {
    const said = errorOf(one.Value);
    return said === undefined ? [] : `${nameOf(one)}: ${said}`;
  });
  return {
    event_attributes: Object.fromEntries(entries),
    attributes_error: errors.length === 0 ? undefined : cut(errors.join('; ')),
  };
}

/** The same of the annotations; undefined where there are none to ask for. */
export function annotationFields(
  annotations: BatchResult<FrameAnnotations> | undefined,
): JsonObject {
  if (annotations === undefined) return {};
  if (!annotations.ok) return {annotations_error: refusalText(annotations)};
  const {Items} = annotations.content;
  return Items.length === 0 ? {} : {annotations: Items.map(annotationObject)};
}

function annotationObject(annotation: Annotation): JsonObject {
  return {
    id: annotation.Id ?? undefined,
    name: annotation.Name ?? undefined,
    description: annotation.Description ?? undefined,
    value: annotation.Value as Json | undefined,
    creator: annotation.Creator ?? undefined,
    creation_date: instantOrAbsent(annotation.CreationDate),
    modifier: annotation.Modifier ?? undefined,
    modify_date: instantOrAbsent(annotation.ModifyDate),
  };
}

/** A child attribute is named with those above it: `Output|Limit`. */
function nameOf({Name: name, Path: path}: Attribute): string {
  const bar = path?.indexOf('|') ?? -1;
  return bar < 0 ? name : (path?.slice(bar + 1) ?? name);
}

/** As PI hands it out, a state with code and name; null where there is only an error. */
function attributeValue(value: Value): Json {
  if (value === null || value === undefined || errorOf(value) !== undefined)
    return null;
  return (value.Value ?? null) as Json;
}

function errorOf(value: Value): string | undefined {
  const inside = value?.Value;
  const nested =
    typeof inside === 'object' && inside !== null && 'Errors' in inside
      ? inside.Errors
      : undefined;
  const errors = [value?.Errors, nested].find(isError);
  return errors === undefined ? undefined : messagesIn(errors);
}

function isError(errors: unknown): boolean {
  return Array.isArray(errors)
    ? errors.length > 0
    : errors !== undefined && errors !== null;
}

/** PI nests texts in `Message` or `Errors`, or gives them bare. */
function messagesIn(errors: unknown): string {
  if (typeof errors === 'string') return errors;
  if (Array.isArray(errors)) return errors.map(messagesIn).join(' ');
  if (typeof errors !== 'object' || errors === null) return '';
  const {Message: message, Errors: nested} = errors as Record<string, unknown>;
  return messagesIn(message ?? nested);
}

function refusalText({
  refusal: {status, said},
}: Extract<BatchResult<unknown>, {readonly ok: false}>): string {
  return cut(`PI answered with status ${status}${said === '' ? '.' : `: ${said}`}`);
}

function cut(text: string): string {
  return text.length <= ERROR_CHARS ? text : `${text.slice(0, ERROR_CHARS)}…`;
}
