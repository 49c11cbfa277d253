import {type MultiSchemaFieldTemplateProps, type WidgetProps} from '@rjsf/utils';
import {type ReactElement} from 'react';

interface Option {
  readonly label: string;
  readonly value: number;
}

/** A `oneOf`: what may be chosen, and below it the fields of what was chosen. */
export function ChoiceTemplate(props: MultiSchemaFieldTemplateProps): ReactElement {
  const {schema, selector, optionSchemaField} = props;
  return (
    <fieldset className="choice">
      <legend>{schema.title}</legend>
      <div className="field-description">{schema.description}</div>
      {selector}
      {optionSchemaField}
    </fieldset>
  );
}

/** `display_type: dropdown`. */
export function ChoiceList(props: WidgetProps): ReactElement {
  const {id, label, onChange} = props;
  return (
    <select
      id={id}
      aria-label={label}
      value={String(props.value)}
      onChange={({target}) => onChange(target.value)}
    >
      {optionsOf(props).map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** `display_type: radio`. */
export function ChoiceRadio(props: WidgetProps): ReactElement {
  const {id, label, onChange} = props;
  return (
    <div role="radiogroup" aria-label={label}>
      {optionsOf(props).map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={id}
            checked={option.value === props.value}
            onChange={() => onChange(String(option.value))}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

const optionsOf = ({options}: WidgetProps): readonly Option[] =>
  options.enumOptions ?? [];
