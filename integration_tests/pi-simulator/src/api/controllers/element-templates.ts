import {type AssetDatabase} from '../../plant/asset-model';
import {attributesOf, type ElementTemplate, lineage} from '../../plant/templates';
import {type Answer} from '../answer';
import {byPath, byWebId, subjectOf} from '../kind';
import {categoriesOf, categoryMembers} from '../kinds/category-kind';
import {
  attributeTemplateKind,
  attributeTemplateMembers,
  type DatabaseTemplate,
  templateKind,
  templateMembers,
  templatesOf,
} from '../kinds/template-kinds';
import {nameFilter} from '../name-filter';
import {listAnswer, pagedAnswer} from '../paging';
import {type Call, type Route} from '../route';
import {sorted} from '../sorting';
/** Templates of elements and of event frames that match `query`. */
export function templatesAnswer(call: Call, database: AssetDatabase): Answer {
  const isWanted = nameFilter(call.query.text('query'));
  const found = templatesOf(database).filter(({template}) => isWanted(template.name));
  const fields = {name: ({template}: DatabaseTemplate) => template.name.toUpperCase()};
  return pagedAnswer(call, {
    members: templateMembers,
    subjects: sorted(call, found, fields),
  });
}

function templateAttributes(call: Call): Answer {
  const owner = subjectOf(templateKind, call);
  const isInherited = call.query.flag('showInherited') === true;
  const {name, attributes} = owner.template;
  const subjects = (isInherited ? attributesOf(name) : attributes).map((attribute) => ({
    owner,
    attribute,
  }));
  return pagedAnswer(call, {members: attributeTemplateMembers, subjects});
}

/** Templates related to one: those it derives from, or those that derive from it. */
function related(
  choose: (
    candidate: ElementTemplate,
    own: ElementTemplate,
    isDeep: boolean,
  ) => boolean,
): (call: Call) => Answer {
  return (call) => {
    const {database, template} = subjectOf(templateKind, call);
    const isDeep =
      call.query.honours('showDescendants') &&
      call.query.flag('showDescendants') === true;
    const subjects = templatesOf(database).filter(
      (candidate) =>
        candidate.template !== template && choose(candidate.template, template, isDeep),
    );
    return pagedAnswer(call, {members: templateMembers, subjects});
  };
}

function categoriesOfTemplate(call: Call): Answer {
  const {database, template} = subjectOf(templateKind, call);
  const subjects = categoriesOf(call.world.plant, database, 'element').filter(
    ({category}) => template.categories.includes(category.name),
  );
  return listAnswer(call, {members: categoryMembers, subjects});
}

export const elementTemplateRoutes: readonly Route[] = [
  {
    operation: 'GET /elementtemplates',
    parameters: ['path'],
    answers: 'ElementTemplate',
    handle: byPath(templateKind),
  },
  {
    operation: 'GET /elementtemplates/{webId}',
    parameters: [],
    answers: 'ElementTemplate',
    handle: byWebId(templateKind),
  },
  {
    operation: 'GET /elementtemplates/{webId}/attributetemplates',
    parameters: ['showInherited', 'startIndex', 'maxCount'],
    answers: 'Items[AttributeTemplate]',
    handle: templateAttributes,
  },
  {
    operation: 'GET /elementtemplates/{webId}/baseelementtemplates',
    parameters: ['maxCount'],
    answers: 'Items[ElementTemplate]',
    handle: related((candidate, own) => lineage(own.name).includes(candidate)),
  },
  {
    operation: 'GET /elementtemplates/{webId}/derivedelementtemplates',
    parameters: ['maxCount', 'showDescendants'],
    answers: 'Items[ElementTemplate]',
    handle: related((candidate, own, isDeep) =>
      isDeep ? lineage(candidate.name).includes(own) : candidate.base === own.name,
    ),
  },
  {
    operation: 'GET /elementtemplates/{webId}/categories',
    parameters: [],
    answers: 'Items[ElementCategory]',
    handle: categoriesOfTemplate,
  },
  {
    operation: 'GET /attributetemplates',
    parameters: ['path'],
    answers: 'AttributeTemplate',
    handle: byPath(attributeTemplateKind),
  },
  {
    operation: 'GET /attributetemplates/{webId}',
    parameters: [],
    answers: 'AttributeTemplate',
    handle: byWebId(attributeTemplateKind),
  },
];
