import {type RJSFSchema, type UiSchema} from '@rjsf/utils';

import {discriminatorOf, fieldsInOrder, type SpecificationNode} from './specification';

/** What the templates read of a field beyond what the form library knows. */
export interface ShownAs {
  /** The fields that stand outside the optional ones, by name. */
  readonly shownFields: readonly string[];
  /** On the whole form: the names of the fields of each card. */
  readonly cards: readonly Card[];
  /** One of the variants of a choice, whose title the choice itself shows. */
  readonly isVariant: boolean;
}

export interface Card {
  readonly title: string;
  readonly fields: readonly string[];
}

/**
 * The specification as the form library wants it: the choices say by which constant their
 * variants differ, so that only the faults of the chosen one are told.
 */
export function formSchema(node: SpecificationNode): RJSFSchema {
  const discriminator = discriminatorOf(node);
  const properties = Object.entries(node.properties ?? {});
  return {
    ...(node as RJSFSchema),
    ...(node.properties && {
      properties: Object.fromEntries(
        properties.map(([name, child]) => [name, formSchema(child)]),
      ),
    }),
    ...(node.items && {items: formSchema(node.items)}),
    ...(node.oneOf && {oneOf: node.oneOf.map(formSchema)}),
    ...(discriminator !== undefined && {
      discriminator: {propertyName: discriminator},
    }),
  };
}

/** How each field of the specification is shown, from Airbyte's hints alone. */
export function uiSchema(node: SpecificationNode): UiSchema {
  return {...fieldsUi(node), 'ui:shownAs': shownAs(node, false)};
}

function fieldUi(node: SpecificationNode, isRequired: boolean): UiSchema {
  if (node.airbyte_hidden === true || node.const !== undefined) {
    return {'ui:widget': 'hidden'};
  }
  return {
    ...widget(node),
    ...(node.examples && {'ui:placeholder': String(node.examples[0])}),
    ...(node.oneOf && {oneOf: node.oneOf.map(variantUi)}),
    ...(node.items && {items: fieldUi({...node.items, ...examplesOf(node)}, true)}),
    ...(node.properties && objectUi(node, isRequired)),
  };
}

/** Of a list they are examples of its entries. */
const examplesOf = ({examples}: SpecificationNode): SpecificationNode =>
  examples === undefined ? {} : {examples};

function widget(node: SpecificationNode): UiSchema {
  if (node.oneOf) {
    return {'ui:widget': node.display_type === 'radio' ? 'choiceRadio' : 'choiceList'};
  }
  if (node.multiline === true) {
    return {'ui:widget': node.airbyte_secret === true ? 'secretLines' : 'textarea'};
  }
  if (node.airbyte_secret === true) return {'ui:widget': 'password'};
  // The library's own widget for instants turns them into local time.
  return node.format === undefined ? {} : {'ui:widget': 'text'};
}

/** An object that cannot be left empty but can be left out has to be switched on. */
function objectUi(node: SpecificationNode, isRequired: boolean): UiSchema {
  const isSwitched = !isRequired && (node.required ?? []).length > 0;
  return {
    ...fieldsUi(node),
    'ui:shownAs': shownAs(node, false),
    ...(isSwitched && {'ui:enableOptionalDataFieldForType': ['object']}),
  };
}

function variantUi(node: SpecificationNode): UiSchema {
  return {...fieldsUi(node), 'ui:shownAs': shownAs(node, true)};
}

function fieldsUi(node: SpecificationNode): UiSchema {
  const required = node.required ?? [];
  const fields = Object.entries(node.properties ?? {});
  return {
    'ui:order': [...fieldsInOrder(node)],
    ...Object.fromEntries(
      fields.map(([name, child]) => [name, fieldUi(child, required.includes(name))]),
    ),
  };
}

function shownAs(node: SpecificationNode, isVariant: boolean): ShownAs {
  const names = fieldsInOrder(node);
  const field = (name: string) => node.properties?.[name] ?? {};
  const isShown = (name: string) =>
    (node.required ?? []).includes(name) || field(name).always_show === true;
  const cards = (node.groups ?? []).map(({id, title}) => ({
    title,
    fields: names.filter((name) => field(name).group === id),
  }));
  const ungrouped = names.filter(
    (name) => !cards.some(({fields}) => fields.includes(name)),
  );
  return {
    shownFields: names.filter(isShown),
    cards: [{title: '', fields: ungrouped}, ...cards],
    isVariant,
  };
}
