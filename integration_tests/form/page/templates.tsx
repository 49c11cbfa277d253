import {
  descriptionId,
  errorId,
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  type FieldTemplateProps,
  type ObjectFieldTemplateProps,
  type OptionalDataControlsTemplateProps,
} from '@rjsf/utils';
import {useState, type ReactElement, type ReactNode} from 'react';

import {type Card, type ShownAs} from './form-schema';

/** One field: label, description, input, what is wrong. Objects and lists label themselves. */
export function FieldTemplate(props: FieldTemplateProps): ReactElement {
  const {id, label, children, errors, description, hidden, required, schema} = props;
  if (hidden === true) return <div hidden>{children}</div>;
  const type = String(schema.type);
  const isContainer = ['object', 'array'].includes(type);
  const isLabelled = !isContainer && type !== 'boolean';
  return (
    <div className={`field field-${type}`}>
      {isLabelled && (
        <label htmlFor={id} className={required === true ? 'required' : undefined}>
          {label}
        </label>
      )}
      {isLabelled && description}
      {children}
      <div role="alert">{errors}</div>
    </div>
  );
}

/** An object: the cards of the whole form, the fields of a variant, or a named part. */
export function ObjectTemplate(props: ObjectFieldTemplateProps): ReactElement | null {
  const {schema, fieldPathId, title, description, optionalDataControl} = props;
  const {cards, isVariant} = shownAs(props);
  if (schema.oneOf !== undefined) return null;
  if (fieldPathId.path.length === 0) {
    return (
      <>
        {cards.map((card) => (
          <CardOfFields key={card.title} card={card} form={props} />
        ))}
      </>
    );
  }
  if (isVariant) {
    return (
      <>
        <Described id={descriptionId(fieldPathId)}>{description}</Described>
        <Fields form={props} names={namesOf(props)} />
      </>
    );
  }
  return (
    <fieldset className="part">
      <legend>{title}</legend>
      <Described id={descriptionId(fieldPathId)}>{description}</Described>
      {optionalDataControl}
      <Fields form={props} names={namesOf(props)} isPart />
    </fieldset>
  );
}

/** A list of texts, one input each. */
export function ListTemplate(props: ArrayFieldTemplateProps): ReactElement {
  const {title, schema, items, onAddClick, fieldPathId, required} = props;
  return (
    <fieldset
      className="list"
      aria-label={title}
      aria-describedby={errorId(fieldPathId)}
    >
      <legend className={required === true ? 'required' : undefined}>{title}</legend>
      <Described id={descriptionId(fieldPathId)}>{schema.description}</Described>
      {items}
      <button type="button" onClick={onAddClick} aria-label={`Add to ${title}`}>
        Add
      </button>
    </fieldset>
  );
}

/** One entry of a list and the button that takes it out. */
export function ListItemTemplate(props: ArrayFieldItemTemplateProps): ReactElement {
  const {children, buttonsProps, index} = props;
  return (
    <div className="entry">
      {children}
      <button
        type="button"
        onClick={buttonsProps.onRemoveItem}
        aria-label={`Remove entry ${index + 1}`}
      >
        Remove
      </button>
    </div>
  );
}

/** The switch of an object that may be left out as a whole. */
export function SwitchTemplate(props: OptionalDataControlsTemplateProps): ReactElement {
  const {onAddClick, onRemoveClick} = props;
  return (
    <label>
      <input
        type="checkbox"
        checked={onRemoveClick !== undefined}
        onChange={onAddClick ?? onRemoveClick}
      />
      Use this
    </label>
  );
}

function CardOfFields(props: {card: Card; form: ObjectFieldTemplateProps}): ReactNode {
  const {card, form} = props;
  if (card.fields.length === 0) return null;
  return (
    <fieldset className="card">
      <legend>{card.title}</legend>
      <Fields form={form} names={card.fields} />
    </fieldset>
  );
}

/** Fields in order, the optional ones folded away; a part of options alone is so already. */
function Fields(props: {
  form: ObjectFieldTemplateProps;
  names: readonly string[];
  isPart?: boolean;
}): ReactNode {
  const {form, names, isPart = false} = props;
  const {shownFields} = shownAs(form);
  const contents = (wanted: readonly string[]) =>
    wanted.map((name) => form.properties.find((field) => field.name === name)?.content);
  const shown = names.filter((name) => shownFields.includes(name));
  const optional = names.filter((name) => !shownFields.includes(name));
  if (isPart && shown.length === 0) return contents(optional);
  const hasErrors = optional.some((name) => form.errorSchema?.[name] !== undefined);
  return (
    <>
      {contents(shown)}
      {optional.length > 0 && (
        <Folded hasErrors={hasErrors}>{contents(optional)}</Folded>
      )}
    </>
  );
}

function Folded(props: {hasErrors: boolean; children: ReactNode}): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      open={isOpen || props.hasErrors}
      onToggle={({currentTarget}) => setIsOpen(currentTarget.open)}
    >
      <summary>Optional fields</summary>
      {props.children}
    </details>
  );
}

function Described(props: {id: string; children: ReactNode}): ReactNode {
  const {id, children} = props;
  if (children === undefined || children === '') return null;
  return (
    <div className="field-description" id={id}>
      {children}
    </div>
  );
}

const namesOf = ({properties}: ObjectFieldTemplateProps): readonly string[] =>
  properties.filter(({hidden}) => !hidden).map(({name}) => name);

function shownAs({uiSchema}: ObjectFieldTemplateProps): ShownAs {
  return (uiSchema?.['ui:shownAs'] ?? NOTHING_SAID) as ShownAs;
}
const NOTHING_SAID: ShownAs = {shownFields: [], cards: [], isVariant: false};
