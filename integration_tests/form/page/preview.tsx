import Form, {type IChangeEvent} from '@rjsf/core';
import {type RJSFValidationError} from '@rjsf/utils';
import {customizeValidator} from '@rjsf/validator-ajv8';
import {useMemo, useState, type ReactElement} from 'react';

import {ChoiceList, ChoiceRadio, ChoiceTemplate} from './choices';
import {formSchema, uiSchema} from './form-schema';
import {readableErrors} from './messages';
import {SecretLines} from './secret-lines';
import {type SpecificationNode} from './specification';
import {
  FieldTemplate,
  ListItemTemplate,
  ListTemplate,
  ObjectTemplate,
  SwitchTemplate,
} from './templates';

/** What a page shows. */
export interface PreviewProps {
  readonly name: string;
  readonly specification: SpecificationNode;
}

// Faults of the variants that were not chosen are none of the user's.
const validator = customizeValidator({ajvOptionsOverrides: {discriminator: true}});

const TEMPLATES = {
  FieldTemplate,
  ObjectFieldTemplate: ObjectTemplate,
  ArrayFieldTemplate: ListTemplate,
  ArrayFieldItemTemplate: ListItemTemplate,
  MultiSchemaFieldTemplate: ChoiceTemplate,
  OptionalDataControlsTemplate: SwitchTemplate,
};
const WIDGETS = {
  choiceList: ChoiceList,
  choiceRadio: ChoiceRadio,
  secretLines: SecretLines,
};

/** The form of one connector, and the configuration that it makes. */
export function Preview({name, specification}: PreviewProps): ReactElement {
  const [data, setData] = useState<unknown>(undefined);
  const [isAsked, setIsAsked] = useState(false);
  const [isValid, setIsValid] = useState(false);
  const schema = useMemo(() => formSchema(specification), [specification]);
  const ui = useMemo(() => uiSchema(specification), [specification]);
  const changed = ({formData}: IChangeEvent) => {
    setData(formData);
    setIsValid(false);
  };
  return (
    <main>
      <Heading name={name} />
      <Form
        schema={schema}
        uiSchema={{...ui, 'ui:submitButtonOptions': {submitText: 'Set up'}}}
        validator={validator}
        formData={data}
        templates={TEMPLATES}
        widgets={WIDGETS}
        transformErrors={(errors: RJSFValidationError[]) =>
          readableErrors(specification, errors)
        }
        experimental_defaultFormStateBehavior={{arrayMinItems: {populate: 'never'}}}
        noHtml5Validate
        showErrorList={false}
        liveValidate={isAsked ? 'onChange' : false}
        onChange={changed}
        onSubmit={() => setIsValid(true)}
        onError={() => setIsAsked(true)}
      />
      {isValid && <Configuration data={data} />}
    </main>
  );
}

function Heading({name}: {name: string}): ReactElement {
  return (
    <header>
      <h1>{name}</h1>
      <p>
        A preview of the form that users fill in, made from the connector’s
        specification. The form library is a stand-in for Airbyte’s own. Nothing that is
        typed here leaves this page.
      </p>
    </header>
  );
}

/** The outcome, as the connector takes it with `--config`. */
function Configuration({data}: {data: unknown}): ReactElement {
  return (
    <section aria-label="Configuration">
      <h2>Configuration</h2>
      <p>What the connector is given, secrets included.</p>
      <pre>{JSON.stringify(data, null, 2)}</pre>
    </section>
  );
}
